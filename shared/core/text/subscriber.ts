import type { Subscriber } from '../../model/topic-state.ts';

/** What stands behind the host of such an address may be a secret. */
const hostOf = (endpoint: string): string => URL.parse(endpoint)?.host ?? 'an address';

/** Returns a subscriber in words: `ops@example.com (email)`, `tablekeeper-prod-slack (lambda)`, `hooks.example.com (https)`. */
export const subscriberText = ({ protocol, endpoint }: Pick<Subscriber, 'protocol' | 'endpoint'>): string => {
  if (protocol.startsWith('http')) return `${hostOf(endpoint)} (${protocol})`;
  const name = endpoint.startsWith('arn:') ? endpoint.slice(endpoint.lastIndexOf(':') + 1) : endpoint;
  return `${name} (${protocol})`;
};
