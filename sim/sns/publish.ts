import type { SimAccount } from '../account.ts';
import type { Publication } from '../inbox.ts';
import type { Operation } from '../operation.ts';
import { existingTopic, invalidParameter, type Subscription, type Topic } from './topics.ts';

/** What each protocol is sent; `default` is for those without a text of their own. */
type Texts = Readonly<Record<string, string>> & { readonly default: string };

const readObject = (message: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidParameter('Message Structure - JSON message body failed to parse');
};

/** Reads the texts of a message by protocol. Values that are not strings are ignored, as SNS does. */
const textsOf = (message: string, structure: unknown): Texts => {
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const values = readObject(message);
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const { default: fallback, ...rest } = Object.fromEntries(texts);
  if (fallback === undefined)
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { ...rest, default: fallback };
};

const textFor = (texts: Texts, protocol: string): string => texts[protocol] ?? texts.default;

const MAX_BYTES = 262_144;
const MAX_SUBJECT_LENGTH = 99;
/** More mail than this in a second, and the subscription has to be confirmed again. */
const MAILS_PER_SECOND = 10;

interface MessageAttribute {
  readonly Name?: string;
  readonly Value?: { readonly StringValue?: string; readonly BinaryValue?: string };
}

const attributesOf = (input: unknown): Record<string, string> => {
  const entries = Array.isArray(input) ? (input as readonly MessageAttribute[]) : [];
  return Object.fromEntries(
    entries.map(({ Name: name = '', Value: value }) => [
      name,
      value?.StringValue ?? value?.BinaryValue ?? '',
    ]),
  );
};

const refuseSubject = (subject: unknown): void => {
  if (subject === undefined) return;
  const text = String(subject);
  const hasControl = /\p{Cc}/u.test(text);
  if (text.length < 1 || text.length > MAX_SUBJECT_LENGTH || hasControl) throw invalidParameter('Subject');
};

const refuseMessage = (message: unknown, attributes: Readonly<Record<string, string>>): void => {
  if (typeof message !== 'string' || message === '') throw invalidParameter('Empty message');
  const parts = [message, ...Object.entries(attributes).flat()];
  const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes > MAX_BYTES) throw invalidParameter('Message too long');
};

const suspendWhenFlooded = (subscription: Subscription, at: number): void => {
  if (!subscription.protocol.startsWith('email')) return;
  const recent = [...subscription.recentDeliveries.filter((earlier) => at - earlier < 1000), at];
  subscription.recentDeliveries = recent;
  if (recent.length > MAILS_PER_SECOND) subscription.isConfirmed = false;
};

const deliver = (account: SimAccount, topic: Topic, publication: Publication, texts: Texts): void => {
  for (const subscription of topic.subscriptions.values()) {
    suspendWhenFlooded(subscription, publication.at);
    if (!subscription.isConfirmed) continue;
    const { endpoint, protocol } = subscription;
    account.state.inbox.deliver({ ...publication, message: textFor(texts, protocol), endpoint, protocol });
  }
};

export const publish: Operation = (context, input) => {
  const { account, now } = context;
  const topic = existingTopic(context, input.TopicArn ?? input.TargetArn);
  const attributes = attributesOf(input.MessageAttributes);
  refuseSubject(input.Subject);
  refuseMessage(input.Message, attributes);
  const texts = textsOf(String(input.Message), input.MessageStructure);
  const publication: Publication = {
    at: now,
    topicArn: topic.arn,
    subject: String(input.Subject ?? ''),
    message: texts.default,
    attributes,
  };
  account.state.inbox.publish(publication);
  deliver(account, topic, publication, texts);
  return { MessageId: account.state.random.uuid() };
};
