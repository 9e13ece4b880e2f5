import type { Operation } from '../operation.ts';
import { pageOf } from './topics.ts';

export const listTopics: Operation = ({ account }, input) => {
  const arns = [...account.state.topics.keys()].sort();
  const { page, next } = pageOf(arns, input.NextToken);
  return { Topics: page.map((arn) => ({ TopicArn: arn })), ...next };
};
