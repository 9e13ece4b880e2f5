import type { ClientOptions } from '../adapters/aws/clients.ts';
import type { Policies } from '../model/policy.ts';
import type { Log } from '../ports/log.ts';
import type { Clock } from '../ports/time.ts';

/** What a run is built from. A simulated account replaces time, chance and the wire here. */
export interface ComposeOptions {
  readonly policies: Policies;
  readonly instance: string;
  readonly accountId: string;
  readonly region: string;
  readonly stateTable: string;
  readonly topicArn: string;
  readonly log?: Log;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly endpoint?: string;
  readonly credentials?: NonNullable<ClientOptions['credentials']>;
  readonly requestHandler?: NonNullable<ClientOptions['requestHandler']>;
  readonly wrapClient?: NonNullable<ClientOptions['wrapClient']>;
}

/** Picks out of what a run is built from the wire as SDK clients take it, without keys whose value is not given. */
export const wireOf = ({ region, endpoint, credentials, requestHandler, random, wrapClient }: Wire) => ({
  region,
  ...(endpoint !== undefined && { endpoint }),
  ...(credentials !== undefined && { credentials }),
  ...(requestHandler !== undefined && { requestHandler }),
  ...(random !== undefined && { random }),
  ...(wrapClient !== undefined && { wrapClient }),
});

type Wire = Pick<
  ComposeOptions,
  'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'random' | 'wrapClient'
>;
