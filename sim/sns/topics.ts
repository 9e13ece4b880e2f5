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
