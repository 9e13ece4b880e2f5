import { topicArn } from '../arn.ts';
import type { AccountWith, ContextOn } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** What confirms it. */
  readonly token: string;
  isConfirmed: boolean;
  /** When it was last handed messages, newest last; mail has a rate limit. */
  recentDeliveries: readonly number[];
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  deletedSubscriptions: number;
}

/** Topics by ARN. */
export type Topics = Map<string, Topic>;

export const createTopics = (): Topics => new Map();

/** What holds them. */
interface State {
  readonly topics: Topics;
}

export const invalidParameter = (what: string): ServiceFailure =>
  serviceFailure('InvalidParameter', `Invalid parameter: ${what}`);

export const existingTopic = ({ account }: ContextOn<State>, arn: unknown): Topic => {
  if (typeof arn !== 'string' || !arn.startsWith('arn:aws:sns:')) throw invalidParameter('TopicArn');
  const topic = account.state.topics.get(arn);
  if (!topic) throw serviceFailure('NotFound', 'Topic does not exist', 404);
  return topic;
};

export const addTopic = (
  account: AccountWith<State>,
  name: string,
  attributes: Record<string, string>,
): Topic => {
  const arn = topicArn(account, name);
  const topic: Topic = { arn, name, attributes, subscriptions: new Map(), deletedSubscriptions: 0 };
  account.state.topics.set(arn, topic);
  return topic;
};

const PAGE_SIZE = 100;

/** Pages of a hundred; the token is where the next one starts. */
export const pageOf = <T>(
  all: readonly T[],
  token: unknown,
): { readonly page: readonly T[]; readonly next: object } => {
  const start = Number(token ?? 0);
  const end = start + PAGE_SIZE;
  return { page: all.slice(start, end), next: end < all.length ? { NextToken: String(end) } : {} };
};
