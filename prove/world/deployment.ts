import type { Finders } from '../../shared/core/findings/find.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { compose } from '../../shared/run/compose.ts';
import { backupFinders, everyFinder, hintFinders, pruneFinders } from '../../shared/run/compose-finders.ts';
import { settingsKeeper } from '../../shared/run/compose-keeper.ts';
import { keyFacts } from '../../shared/run/compose-key-facts.ts';
import { vaultFacts } from '../../shared/run/compose-vault-facts.ts';
import { vaultEngine } from '../../shared/run/compose-vaults.ts';
import type { Deps } from '../../shared/run/deps.ts';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { createBucket } from '../../sim/console/buckets.ts';
import { createTopic } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { disputedSettings } from '../../sim/disputed.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import type { Story } from '../story/event.ts';
import { type FileSpec, policiesText } from '../story/file-spec.ts';
import { bypassSdk } from './lean-client.ts';
import { createNap } from './nap.ts';
import type { FunctionName } from './record.ts';
import { createStateItems } from './state-items.ts';
import { type StateWatch, watchState } from './state-watch.ts';
import { createVaultLog, type VaultLog } from './vault-log.ts';
import { JOB_ROLE, openPlaces, type Places } from './vaults.ts';
import { createWire, type Wire } from './wire.ts';
import { createWrittenItems, type WrittenItems } from './written-items.ts';

export const INSTANCE = 'prod';
export const STATE_TABLE = `tablekeeper-${INSTANCE}-state`;

/** Whether commands go through the whole SDK. */
export type Speech = 'lean' | 'sdk';

/** One Lambda container: the parts it was started with, its wire, and how far its clock is off. */
export interface Container {
  readonly parts: Deps;
  readonly wire: Wire;
  /** Recorded in the ledger with everything it does. */
  readonly accessKeyId: string;
  skewMs: number;
}

/** The functions in one account. Containers stay warm until they are killed or their policies are edited. */
export interface World {
  readonly account: SimAccount;
  readonly speech: Speech;
  /** How many claims on slots were taken over, as the state table saw it. */
  readonly takeovers: { readonly count: number };
  /** What a forger made, and whether the schedule asked for it when it was made. */
  readonly forged: Map<string, 'asked-for' | 'not-asked-for'>;
  /** What every table held at every instant. */
  readonly items: WrittenItems;
  /** Where there are vaults; undefined in a story without the second engine. */
  readonly places: Places | undefined;
  /** What Tablekeeper had AWS Backup do. */
  readonly vaultLog: VaultLog;
  /** What drills cost so far, and the tables that people made under the names of theirs. */
  readonly drills: {
    /** When drills ran. */
    readonly ranAt: number[];
    readonly spent: Map<string, number>;
    readonly ofPeople: Set<string>;
    /** How many lots were drawn for the names of tables. */
    readonly lots: { drawn: number };
  };
  /** What is kept of settings and restores. */
  readonly watch: StateWatch;
  file: FileSpec;
  /** All that were deployed, the present one last. */
  readonly files: FileSpec[];
  /** When the present one was. */
  deployedAt: number;
  /** How long backups take to become available. */
  backupMs: number;
  /** The container that the nth of several events at one moment goes to. */
  container(name: FunctionName, nth: number): Container;
  /** The next event of that function starts a new one. */
  discard(container: Container): void;
  deploy(file: FileSpec): void;
}

const compiled = new Map<string, Policies>();

/** Compiling takes longer than a run, and the same files come again and again while a story is made shorter. */
export const policiesOf = (file: FileSpec): Policies => {
  const text = policiesText(file);
  const policies = compiled.get(text) ?? loadPolicies(text, 'policies.yml');
  if (compiled.size > 1_000) compiled.clear();
  compiled.set(text, policies);
  return policies;
};

const openAccount = (story: Story, speech: Speech, backupMs: () => number) => {
  const clock = createVirtualClock(story.startAt, speech === 'lean' ? { turns: 1 } : {});
  const { disputed, ...settings } = story.settings;
  const choices = disputed === undefined ? {} : disputedSettings(disputed);
  const account = createAccount({ ...settings, ...choices, seed: story.seed, clock, backupMs });
  const takeovers = { count: 0 };
  const onTakeover = (key: string): void => {
    if (key.startsWith('claim#') && !key.startsWith('claim#hint/')) takeovers.count += 1;
  };
  const watch = watchState(() => opened);
  const isState = ({ name }: { readonly name: string }): boolean => name === STATE_TABLE;
  const items = createWrittenItems(clock.now, isState, createStateItems(onTakeover, watch.onWrite));
  const opened: SimAccount = { ...account, state: { ...account.state, items } };
  createTable(opened, { name: STATE_TABLE, tags: { 'backup:policy': 'none' } });
  const topicArn = createTopic(opened, `tablekeeper-${INSTANCE}-alerts`, ['ops@example.com']);
  const topic = opened.state.topics.get(topicArn);
  if (topic) addSubscription(opened, topic, 'lambda', 'reader');
  const places = story.vaults === true ? openPlaces(opened) : undefined;
  if (story.drills === true) createBucket(opened, 'drill-exports');
  return { account: opened, items, places, watch, topicArn, takeovers };
};

/** A function finds what it ships. */
const findersOf = (accessKeyId: string): Finders => {
  if (accessKeyId.startsWith('protect')) return backupFinders();
  if (accessKeyId.startsWith('expire')) return pruneFinders();
  return accessKeyId.startsWith('hint') ? hintFinders() : everyFinder();
};

const startContainer = (world: World, topicArn: string, accessKeyId: string): Container => {
  const { account, speech } = world;
  const { clock, region, accountId } = account;
  const nap = createNap(clock);
  const wire = createWire(account, nap);
  const container = { accessKeyId, wire, skewMs: 0 };
  const parts = compose({
    policies: policiesOf(world.file),
    finders: findersOf(accessKeyId),
    instance: INSTANCE,
    accountId,
    region,
    stateTable: STATE_TABLE,
    topicArn,
    clock: { now: () => clock.now() + started.skewMs, ...nap.timers },
    random: () => 0.5,
    credentials: { accessKeyId, secretAccessKey: 'simulated' },
    requestHandler: wire.handler,
    ...(world.places !== undefined && { vaultEngineOf: vaultEngine, vaultRoleArn: JOB_ROLE }),
    ...(accessKeyId.startsWith('audit') && { keeperOf: settingsKeeper, keyFactsOf: keyFacts }),
    ...(accessKeyId.startsWith('audit') && world.places !== undefined && { vaultFactsOf: vaultFacts }),
    ...(speech === 'lean' && { wrapClient: bypassSdk({ wire, accessKeyId }) }),
  });
  const started: Container = Object.assign(container, { parts });
  return started;
};

/** Creates a story's account with Tablekeeper deployed in it, before anything happens. */
export const createWorld = (story: Story, speech: Speech): World => {
  const containers = new Map<string, Container>();
  const { account, items, places, watch, topicArn, takeovers } = openAccount(
    story,
    speech,
    () => world.backupMs,
  );
  const world: World = {
    account,
    takeovers,
    items,
    places,
    vaultLog: createVaultLog(),
    watch,
    drills: { spent: new Map(), ofPeople: new Set(), lots: { drawn: 0 }, ranAt: [] },
    forged: new Map(),
    speech,
    file: story.file,
    files: [story.file],
    deployedAt: story.startAt,
    backupMs: 50,
    container(name, nth) {
      const key = `${name}-${nth}`;
      const container = containers.get(key) ?? startContainer(world, topicArn, key);
      containers.set(key, container);
      return container;
    },
    discard: ({ accessKeyId }) => void containers.delete(accessKeyId),
    deploy(file) {
      world.file = file;
      world.files.push(file);
      world.deployedAt = account.clock.now();
      containers.clear();
    },
  };
  return world;
};
