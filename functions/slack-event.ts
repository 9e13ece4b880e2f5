import type { TopicMessage } from '../shared/run/slack.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const messageOf = (record: unknown): TopicMessage => {
  const sns = isRecord(record) ? record.Sns : undefined;
  if (!isRecord(sns) || typeof sns.Message !== 'string')
    throw new Error('a record of the event is no message of SNS');
  return { id: textOf(sns.MessageId), subject: textOf(sns.Subject), text: sns.Message };
};

/**
 * Given the event with which SNS calls a function, returns its messages. At the edge a subject that is missing is empty, and what is no event
 * of SNS is refused with an error.
 */
export const parseTopicMessages = (event: unknown): readonly TopicMessage[] => {
  const records = isRecord(event) ? event.Records : undefined;
  if (!Array.isArray(records)) throw new Error('the event is not from SNS: it has no Records');
  return records.map(messageOf);
};
