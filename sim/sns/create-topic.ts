import { topicArn } from '../arn.ts';
import type { Operation } from '../operation.ts';
import { addTopic, invalidParameter } from './topics.ts';

const attributesOf = (input: unknown): Record<string, string> => {
  const entries = Array.isArray(input) ? (input as readonly { key: string; value: string }[]) : [];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
};

/** Idempotent: the same name gives the same topic. */
export const createTopic: Operation = ({ account }, input) => {
  const name = String(input.Name ?? '');
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const known = account.state.topics.get(topicArn(account, name));
  return { TopicArn: (known ?? addTopic(account, name, attributesOf(input.Attributes))).arn };
};
