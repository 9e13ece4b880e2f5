import { type ClientOptions, handlerThroughProxy } from '../adapters/aws/clients.ts';
import type { StateTable } from '../adapters/state/items.ts';
import type { Finders } from '../core/findings/find.ts';
import { UserError } from '../model/errors.ts';
import type { Policies } from '../model/policy.ts';
import { partitionOf, type Target } from '../model/target.ts';
import type { MadeVault } from '../model/vault-facts.ts';
import type { Engine } from '../ports/engine.ts';
import type { KeyFactReader } from '../ports/key-facts.ts';
import type { Log } from '../ports/log.ts';
import type { RestoreRecords, SettingsKeeper } from '../ports/restore.ts';
import type { CallTime, Clock } from '../ports/time.ts';
import type { VaultFactReader } from '../ports/vault-facts.ts';

/** What a run is built from. A simulated account replaces time, chance and the wire here. */
export interface ComposeOptions {
  readonly policies: Policies;
  readonly finders: Finders;
  readonly instance: string;
  readonly accountId: string;
  readonly region: string;
  readonly stateTable: string;
  readonly topicArn: string;
  readonly findingsPage?: string;
  readonly log?: Log;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly endpoint?: string;
  readonly credentials?: NonNullable<ClientOptions['credentials']>;
  readonly requestHandler?: NonNullable<ClientOptions['requestHandler']>;
  readonly wrapClient?: NonNullable<ClientOptions['wrapClient']>;
  /** What reaches backup vaults; absent in hints. */
  readonly vaultEngineOf?: VaultEngineOf;
  /** What asks about vaults before any job does; of audits and of people. */
  readonly vaultFactsOf?: VaultFactsOf;
  /** What asks which keys recovery points need; of audits and of people. */
  readonly keyFactsOf?: KeyFactsOf;
  /** Set where its role may look at tables of other Regions: of audits and of people. */
  readonly looksElsewhere?: true;
  /** The role that jobs of AWS Backup have; by default the one that the stack makes. */
  readonly vaultRoleArn?: string;
  /** What the deployment made of a vault; absent where that is not known. */
  readonly madeVault?: MadeVault | 'none';
  /** The role that jobs of drills have which restore from vaults; absent where there is none. */
  readonly drillVaultRoleArn?: string;
  /** Where drills export to; absent where the stack has no such bucket. */
  readonly drillBucket?: string;
  /** What the audit alone has: it loads clients that nothing else needs. */
  readonly keeperOf?: KeeperOf;
}

/** What keeps the settings of tables is built on: the wire, the state table and the surroundings of a run. */
export interface KeeperGround {
  readonly wire: Omit<ClientOptions, 'limiter'> & { readonly callTime: CallTime };
  readonly state: StateTable;
  readonly target: Target;
  readonly policies: Policies;
  readonly log: Log;
}

/** What the engine of backup vaults is built on. */
export interface VaultGround extends Pick<KeeperGround, 'wire' | 'target' | 'log'> {
  /** The ARN of the role that jobs have. */
  readonly jobRole: string;
  /** What the deployment made of a vault; absent where that is not known. */
  readonly made?: MadeVault | 'none';
}

/** The bucket, and the wire to it where it is not AWS's own. */
export interface PublisherGround extends Pick<ComposeOptions, 'credentials' | 'endpoint' | 'requestHandler'> {
  readonly bucket: string;
}

/** Builds the engine of backup vaults. */
export type VaultEngineOf = (ground: VaultGround) => Engine;

/** Builds what asks about vaults. */
export type VaultFactsOf = (ground: VaultGround) => VaultFactReader;

/** Builds what asks which keys recovery points need. */
export type KeyFactsOf = (ground: Pick<KeeperGround, 'state' | 'target' | 'wire'>) => KeyFactReader;

/** Builds what reads the restores of people. */
export type RestoresOf = (ground: Pick<KeeperGround, 'state' | 'target'>) => Pick<RestoreRecords, 'list'>;

/** Builds what keeps the settings of tables. */
export type KeeperOf = (ground: KeeperGround) => SettingsKeeper;

/** Picks out of what a run is built from the wire as SDK clients take it, without keys whose value is not given. */
export const wireOf = ({ region, endpoint, credentials, requestHandler, random, wrapClient }: Wire) => ({
  region,
  ...(endpoint !== undefined && { endpoint }),
  ...(credentials !== undefined && { credentials }),
  ...(requestHandler !== undefined && { requestHandler }),
  ...(random !== undefined && { random }),
  ...(wrapClient !== undefined && { wrapClient }),
});

/** Returns the wire of a person behind a proxy; empty without HTTPS_PROXY. Throws a `UserError` for a proxy that is no URL. */
export const wireThroughProxy = (
  env: Readonly<Record<string, string | undefined>>,
): Pick<ComposeOptions, 'requestHandler'> => {
  const proxy = env.HTTPS_PROXY ?? env.https_proxy ?? '';
  if (proxy === '') return {};
  if (!/^https?:$/.test(URL.parse(proxy)?.protocol ?? ''))
    throw new UserError({
      code: 'proxy',
      what: `HTTPS_PROXY is ${JSON.stringify(proxy)}, which is no URL of a proxy.`,
      fix: 'Write one such as http://proxy.example.com:3128.',
    });
  return { requestHandler: handlerThroughProxy(env) };
};

type Wire = Pick<
  ComposeOptions,
  'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'random' | 'wrapClient'
>;

/** Derives the names that a deployment gives its resources. They may not exist. */
export const namesOf = (instance: string, target: Target) => ({
  stateTable: `tablekeeper-${instance}-state`,
  topicArn: `arn:${partitionOf(target)}:sns:${target.region}:${target.accountId}:tablekeeper-${instance}-alerts`,
  // By name: recovery points name the role that made them for life, so the stack keeps it.
  vaultRoleArn: `arn:${partitionOf(target)}:iam::${target.accountId}:role/tablekeeper-${instance}-${target.region}-vault`,
  restoreRoleArn: `arn:${partitionOf(target)}:iam::${target.accountId}:role/tablekeeper-${instance}-${target.region}-restore`,
});
