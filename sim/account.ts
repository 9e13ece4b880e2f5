import { createScaling, type Scaling } from './autoscaling/scaling.ts';
import { type BackupState, createBackupState } from './backup/state.ts';
import { type CallCounter, type CallCounts, createCallCounter } from './call-counts.ts';
import type { VirtualClock } from './clock.ts';
import { createTrails, type Trails } from './cloudtrail/trails.ts';
import { type Alarms, createAlarms } from './cloudwatch/alarms.ts';
import { createMetrics, type Metrics } from './cloudwatch/metrics.ts';
import { type BackupIndex, createBackupIndex } from './dynamodb/backup-index.ts';
import { createExports, type Exports } from './dynamodb/exports/exports.ts';
import { createItemStore, type ItemStore } from './dynamodb/items/item-store.ts';
import type { ResourcePolicy } from './dynamodb/resource-policy.ts';
import { createStreams, type Streams } from './dynamodb/streams.ts';
import { createTableIndex, type TableIndex } from './dynamodb/table.ts';
import { createFaults, type Faults } from './faults.ts';
import { createInbox, type Inbox, type InboxWriter } from './inbox.ts';
import type { KeyTrouble } from './kms.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import { createMappings, type Mappings } from './lambda/mappings.ts';
import { createLedger, type Ledger, type LedgerWriter } from './ledger.ts';
import { createOrganization, type Organization } from './organizations.ts';
import { createPipes, type Pipes } from './pipes/pipes.ts';
import { createRandom, type Random } from './random.ts';
import { createRates, type Rates } from './rates.ts';
import { type Buckets, createBuckets } from './s3/buckets.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { createTopics, type Topics } from './sns/topics.ts';
import { createParameters, type Parameters } from './ssm.ts';
import type { Sessions } from './sts.ts';
import { createTagIndex, type TagIndex } from './tag-index.ts';
import { createWorld, type World } from './world.ts';

/** What one account and Region holds and answers. Tests read the first six; the rest is for the operations. */
export interface SimAccount {
  readonly accountId: string;
  readonly region: string;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly inbox: Inbox;
  readonly ledger: Ledger;
  readonly calls: CallCounts;
  readonly state: AccountState;
}

export interface AccountState {
  readonly settings: Settings;
  readonly random: Random;
  /** Apart from all else that is random: how often an account was asked changes nothing in it. */
  readonly requestIds: Random;
  readonly rates: Rates;
  readonly calls: CallCounter;
  readonly ledger: LedgerWriter;
  readonly inbox: InboxWriter;
  readonly tables: TableIndex;
  readonly backups: BackupIndex;
  readonly tagIndex: TagIndex;
  readonly topics: Topics;
  readonly parameters: Parameters;
  readonly buckets: Buckets;
  readonly sessions: Sessions;
  readonly trails: Trails;
  readonly organization: Organization;
  readonly functions: Functions;
  readonly mappings: Mappings;
  readonly pipes: Pipes;
  readonly alarms: Alarms;
  readonly metrics: Metrics;
  readonly scaling: Scaling;
  readonly streams: Streams;
  /** Of tables and streams, by ARN. */
  readonly resourcePolicies: Map<string, ResourcePolicy>;
  /** Keys that cannot be used, by ARN, and why. Any other key can. */
  readonly keys: Map<string, KeyTrouble>;
  /** When keys that wait for their deletion are deleted, by ARN. */
  readonly keyDeletions: Map<string, number>;
  /** Policies that somebody gave to keys, by ARN. */
  readonly keyPolicies: Map<string, string>;
  /** The services that have their own role in the account, in all Regions. */
  readonly linkedRoles: Set<string>;
  /** The other accounts that it can see, and what it shares with them. */
  readonly world: World<SimAccount>;
  /** The account in all Regions that there are, by Region, this one included. */
  readonly regions: Map<string, SimAccount>;
  readonly backup: BackupState;
  readonly items: ItemStore;
  readonly exports: Exports;
  /** HTTP requests that wait for virtual time to pass, so that the clock may move while they are open. */
  sleepingRequests: number;
  /** Does at that instant what time alone does: a table is gone, a backup leaves. */
  at(instant: number, change: (at: number) => void): void;
  /** Brings all of that up to now. */
  settle(): void;
}

export interface AccountOptions extends Partial<Settings> {
  readonly accountId?: string;
  readonly region?: string;
  readonly clock: VirtualClock;
  /** The same seed gives the same ids, jitters and probabilities. */
  readonly seed?: number;
  /** The accounts and Regions that it is one of. Of its own when absent. */
  readonly world?: World<SimAccount>;
  /** The one that it belongs to. Of its own in all Regions when absent, and in none yet. */
  readonly organization?: Organization;
}

const settingsOf = (options: AccountOptions): Settings => {
  const {
    accountId: _accountId,
    region: _region,
    clock: _clock,
    seed: _seed,
    world: _world,
    organization: _organization,
    ...settings
  } = options;
  return { ...DEFAULT_SETTINGS, ...settings };
};

const accountIdOf = ({ accountId = '111122223333' }: AccountOptions): string => accountId;

const createState = (options: AccountOptions): AccountState => {
  const { clock, seed = 1 } = options;
  const settings = settingsOf(options);
  const random = createRandom(seed);
  const world = options.world ?? createWorld(clock);
  const regions = world.accounts.get(accountIdOf(options)) ?? new Map();
  const [elsewhere] = regions.values();
  return {
    ...world.agenda,
    settings,
    random,
    requestIds: createRandom(seed + 2),
    rates: createRates(settings.rates, clock),
    calls: createCallCounter(),
    ledger: createLedger(world.agenda.settle),
    inbox: createInbox(),
    tables: createTableIndex(),
    backups: createBackupIndex(),
    tagIndex: createTagIndex(),
    topics: createTopics(),
    parameters: createParameters(),
    buckets: createBuckets(),
    sessions: world.sessions,
    trails: createTrails(),
    organization: options.organization ?? elsewhere?.state.organization ?? createOrganization(),
    functions: createFunctions(),
    mappings: createMappings(),
    pipes: createPipes(),
    alarms: createAlarms(),
    metrics: createMetrics(),
    scaling: createScaling(),
    streams: createStreams(),
    resourcePolicies: new Map(),
    keys: new Map(),
    keyDeletions: new Map(),
    keyPolicies: new Map(),
    linkedRoles: elsewhere?.state.linkedRoles ?? new Set(['backup.amazonaws.com']),
    world,
    regions,
    backup: createBackupState(),
    items: createItemStore(clock),
    exports: createExports(),
    sleepingRequests: 0,
  };
};

/** Makes an account with nothing in it. */
export const createAccount = (options: AccountOptions): SimAccount => {
  const state = createState(options);
  const account: SimAccount = {
    accountId: accountIdOf(options),
    region: options.region ?? 'us-east-1',
    clock: options.clock,
    faults: createFaults(options.clock, createRandom((options.seed ?? 1) + 1)),
    inbox: state.inbox,
    ledger: state.ledger,
    calls: state.calls,
    state,
  };
  state.regions.set(account.region, account);
  state.world.accounts.set(account.accountId, state.regions);
  return account;
};
