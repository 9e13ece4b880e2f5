import type { SimAccount } from '../account.ts';
import { topicArn } from '../arn.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import type { Topic } from './topics.ts';

const PAGE_SIZE = 100;

export const invalidParameter = (what: string): ServiceFailure =>
  serviceFailure('InvalidParameter', `Invalid parameter: ${what}`);

export const existingTopic = ({ account }: Context, arn: unknown): Topic => {
  if (typeof arn !== 'string' || !arn.startsWith('arn:aws:sns:')) throw invalidParameter('TopicArn');
  const topic = account.state.topics.get(arn);
  if (!topic) throw serviceFailure('NotFound', 'Topic does not exist', 404);
  return topic;
};

/** Pages of a hundred; the token is where the next one starts. */
export const pageOf = <T>(
  all: readonly T[],
  token: unknown,
): { readonly page: readonly T[]; readonly next: object } => {
  const start = Number(token ?? 0);
  const end = start + PAGE_SIZE;
  return { page: all.slice(start, end), next: end < all.length ? { NextToken: String(end) } : {} };
};

const attributesOf = (input: unknown): Record<string, string> => {
  const entries = Array.isArray(input) ? (input as readonly { key: string; value: string }[]) : [];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
};

export const addTopic = (account: SimAccount, name: string, attributes: Record<string, string>): Topic => {
  const arn = topicArn(account, name);
  const topic: Topic = { arn, name, attributes, subscriptions: new Map(), deletedSubscriptions: 0 };
  account.state.topics.set(arn, topic);
  return topic;
};

/** Idempotent: the same name gives the same topic. */
export const createTopic: Operation = ({ account }, input) => {
  const name = String(input.Name ?? '');
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const known = account.state.topics.get(topicArn(account, name));
  return { TopicArn: (known ?? addTopic(account, name, attributesOf(input.Attributes))).arn };
};

/** Idempotent as well. */
export const deleteTopic: Operation = ({ account }, input) => {
  account.state.topics.delete(String(input.TopicArn));
  return {};
};

export const listTopics: Operation = ({ account }, input) => {
  const arns = [...account.state.topics.keys()].sort();
  const { page, next } = pageOf(arns, input.NextToken);
  return { Topics: page.map((arn) => ({ TopicArn: arn })), ...next };
};

/** The counts are strings. */
export const getTopicAttributes: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const confirmed = [...topic.subscriptions.values()].filter(
    (subscription) => subscription.isConfirmed,
  ).length;
  const attributes = {
    TopicArn: topic.arn,
    Owner: context.account.accountId,
    DisplayName: '',
    ...topic.attributes,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(topic.subscriptions.size - confirmed),
    SubscriptionsDeleted: String(topic.deletedSubscriptions),
  };
  return { Attributes: new Map(Object.entries(attributes)) };
};
