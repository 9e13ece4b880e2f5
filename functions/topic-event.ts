import { type Fields, isFields, isText, shape } from '../shared/model/shape.ts';
import type { TopicMessage } from '../shared/run/pass-on.ts';

/** The fields that identify an SNS message; its id and its subject may be missing. */
interface SnsRecord {
  readonly Sns: Fields & { readonly Message: string };
}

const isRecord = shape<SnsRecord>({ Sns: shape<SnsRecord['Sns']>({ Message: isText }) });

const textOf = (value: unknown): string => (isText(value) ? value : '');

const messageOf = (record: unknown): TopicMessage => {
  if (!isRecord(record)) throw new Error('a record of the event is no message of SNS');
  const { MessageId, Subject, Message, Timestamp } = record.Sns;
  return {
    ...{ id: textOf(MessageId), subject: textOf(Subject), text: Message },
    ...(isText(Timestamp) && { publishedAt: Timestamp }),
  };
};

/**
 * Reads the messages from the event with which SNS calls a function. A missing subject is empty.
 * Throws when it is not an SNS event.
 */
export const parseTopicMessages = (event: unknown): readonly TopicMessage[] => {
  const records = isFields(event) ? event.Records : undefined;
  if (!Array.isArray(records)) throw new Error('the event is not from SNS: it has no Records');
  return records.map(messageOf);
};
