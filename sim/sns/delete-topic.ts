import type { Operation } from '../operation.ts';

/** Idempotent as well. */
export const deleteTopic: Operation = ({ account }, input) => {
  account.state.topics.delete(String(input.TopicArn));
  return {};
};
