import type { Mode } from '../shared/model/plan.ts';

/** What one run had to do, counted in the account and not in the calls that it made. */
export interface Work {
  readonly mode: Mode;
  /** Tables with the policy tag, the state table among them. */
  readonly tagged: number;
  /** Every table there is. */
  readonly tables: number;
  /** Recovery points that the run must know of: those since the latest slot in `protect`, all of them otherwise. */
  readonly listed: number;
  readonly created: number;
  readonly expired: number;
  /** Tables of which something may expire. */
  readonly withExpiries: number;
  /** Tables whose point-in-time recovery was audited. */
  readonly audited: number;
  /** Restorable windows that earlier runs wrote down, and that this one saw for the first time. */
  readonly windowsKnown: number;
  readonly windowsNew: number;
  /** Whether this is the first run that lists who receives alerts. */
  readonly listensFirst: boolean;
  /** Tables that a run sees governed for the first time: it writes down by which policies. */
  readonly protectionsNew?: number;
  /** Series whose recovery points an earlier audit wrote down, and those that this one has to: it saw others of them. */
  readonly seriesKnown?: number;
  readonly seriesNew?: number;
  /** Tables whose settings an audit keeps for the first time. */
  readonly settingsNew?: number;
  /** Messages to people. */
  readonly told: number;
}

/** How many calls of each operation. */
export type Calls = Readonly<Record<string, number>>;

const PAGE = 100;
const BATCH = 25;

/** A restorable window as an item: its keys, and its content as JSON. A page of a query ends at 1 MB. */
const WINDOW_BYTES = 250;
/** The same of a series: besides its names a few bytes for each recovery point. */
const SERIES_BYTES = 350;
const QUERY_PAGE_BYTES = 1_000_000;

const pages = (items: number): number => Math.max(1, Math.ceil(items / PAGE));

/** Without zeroes. */
const some = (calls: Calls): Calls =>
  Object.fromEntries(Object.entries(calls).filter(([, count]) => count > 0));

/** What any tool must ask AWS for the same effect, were it to trust its lists and to remember nothing: the floor under every peer. */
const bareCalls: Readonly<Record<Mode, (work: Work) => Calls>> = {
  // Which tables, which of them have their recovery point, and one call for each that is missing.
  protect: ({ tagged, listed, created }) => ({
    GetResources: pages(tagged),
    ListBackups: pages(listed),
    CreateBackup: created,
  }),
  // What there is of each table's history, and one call for each recovery point that goes.
  expire: ({ tagged, listed, expired }) => ({
    GetResources: pages(tagged),
    ListBackups: pages(listed),
    DeleteBackup: expired,
  }),
  // No list includes point-in-time recovery: one call a table.
  audit: ({ tagged, listed, audited }) => ({
    GetResources: pages(tagged),
    ListBackups: pages(listed),
    DescribeContinuousBackups: audited,
  }),
};

/** What the promises add to the floor, each call for a promise that cannot be kept without it. */
const promiseCalls: Readonly<Record<Mode, (work: Work) => Calls>> = {
  protect: ({ created }) => ({
    // A table that was made again under its name owns none of the former one's recovery points; only DescribeTable has its id.
    DescribeTable: created,
    // One slot, one recovery point, also in two runs at once: CreateBackup has no client token, so a claim is written first. One by one, though
    // a transaction takes a hundred: a claim holds off everybody else, so a run that is killed must leave no more of them than calls under way.
    PutItem: created,
  }),
  expire: ({ expired, withExpiries }) => ({
    // The guardrail weighs the whole set before the first deletion, so all tables in it are confirmed, also those of the next run.
    DescribeTable: withExpiries,
    // A hold counts from the moment at which it was set, and the list of all tagged tables may be minutes behind.
    ListTagsOfResource: Math.min(withExpiries, expired),
    // Nothing is deleted by a list that may be seconds old: each recovery point is read again just before.
    DescribeBackup: expired,
  }),
  audit: ({ tables, tagged }) => ({
    // Tables that exist without a tag, and recovery points whose table is gone.
    ListTables: pages(tables),
    // Status and id of every table; the state table opted out.
    DescribeTable: tagged - 1,
    // That someone receives the alerts, and who no longer does.
    GetTopicAttributes: 1,
    ListSubscriptionsByTopic: 1,
  }),
};

/** Up to 25 items a call; one that is left over goes by itself. */
const writes = (items: number): Calls => ({
  BatchWriteItem: Math.floor(items / BATCH) + Number(items % BATCH > 1),
  PutItem: Number(items % BATCH === 1),
});

/**
 * Every run reads what is open and what was remembered, saves how many tables it saw, and sends at most one message. An audit saves each restorable
 * window as well: a restart is only seen by what the window was before. The first run to see a table governed saves by what: its loss is only seen by
 * that. An audit saves which recovery points it saw, if that changed: that some are gone is only seen by that. Every run notes that it ran and by
 * which policies: `doctor`, and what a terminal may delete, go by that.
 */
const memoryCalls = (work: Work): Calls => {
  const {
    windowsKnown,
    windowsNew,
    listensFirst,
    protectionsNew = 0,
    seriesKnown = 0,
    seriesNew = 0,
    told,
  } = work;
  const bytes = windowsKnown * WINDOW_BYTES + seriesKnown * SERIES_BYTES;
  return {
    Query: 1 + Math.max(1, Math.ceil(bytes / QUERY_PAGE_BYTES)),
    ...sum(writes(1 + windowsNew + Number(listensFirst) + protectionsNew + seriesNew), { PutItem: 1 }),
    Publish: told,
  };
};

/**
 * What no backup carries, read of each table once, and of the account's lists once for all; each manifest is written with its head, once its
 * earlier versions are known.
 */
const settingsCalls = ({ settingsNew = 0 }: Work): Calls => {
  const each = [
    'DescribeTable',
    'DescribeContinuousBackups',
    'ListTagsOfResource',
    'DescribeTimeToLive',
    'GetResourcePolicy',
    'ListContributorInsights',
    'DescribeKinesisStreamingDestination',
    'DescribeScalableTargets',
    'Query',
    'BatchWriteItem',
  ];
  const once = settingsNew === 0 ? [] : ['DescribeAlarms', 'ListEventSourceMappings', 'ListPipes'];
  return Object.fromEntries([
    ...each.map((operation) => [operation, settingsNew] as const),
    ...once.map((operation) => [operation, 1] as const),
  ]);
};

const sum = (...all: readonly Calls[]): Calls => {
  const total: Record<string, number> = {};
  for (const [operation, count] of all.flatMap((calls) => Object.entries(calls)))
    total[operation] = (total[operation] ?? 0) + count;
  return some(total);
};

/** Returns the fewest calls with which any tool could have the same effect as a run, without keeping any promise. */
export const bareLeast = (work: Work): Calls => some(bareCalls[work.mode](work));

/** Returns the fewest calls with which a run's work can be done while every promise of the design is kept. */
export const leastCalls = (work: Work): Calls =>
  sum(bareCalls[work.mode](work), promiseCalls[work.mode](work), memoryCalls(work), settingsCalls(work));

/** Adds up calls of all operations. */
export const totalOf = (calls: Calls): number =>
  Object.values(calls).reduce((total, count) => total + count, 0);
