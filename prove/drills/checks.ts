import { keysOf } from '../../sim/console/buckets.ts';
import { tablesOf } from '../../sim/console/tables.ts';
import type { LedgerEntry } from '../../sim/ledger.ts';
import { STATE_TABLE, type World } from '../world/deployment.ts';
import { BUCKET, DRILLER, type Drilled } from './run.ts';

/** What the names of its tables and the keys of its objects begin with, written out here: what is checked must not be what checks it. */
const TABLES = 'tablekeeper-drill.prod.';
const OBJECTS = 'drills/prod/';

export const isDrillTable = (name: string): boolean => name.startsWith('tablekeeper-drill.');

type Of<Kind extends LedgerEntry['kind']> = Extract<LedgerEntry, { kind: Kind }>;

/** Tables that drills had made: by their own call, or by a job of AWS Backup. */
const madeIn = ({ account }: World): readonly Of<'table-restored'>[] =>
  account.ledger.of('table-restored').filter(({ tableName }) => tableName.startsWith(TABLES));

const byDriller = <Entry extends { readonly by: { readonly accessKeyId: string } }>(
  entries: readonly Entry[],
): readonly Entry[] => entries.filter(({ by }) => by.accessKeyId === DRILLER);

/** 14. Only a table that a drill made is ever deleted by one, and only objects of its own exports. */
export const drillsDeleteTheirOwn = (world: World): readonly string[] => {
  const { ledger } = world.account;
  const made = new Set(madeIn(world).map(({ tableId }) => tableId));
  const exported = byDriller(ledger.of('table-exported'));
  return [
    ...byDriller(ledger.of('table-deleted'))
      .filter(({ tableId }) => !made.has(tableId))
      .map(({ tableName }) => `${tableName} was deleted, and no drill made it`),
    ...byDriller(ledger.of('object-deleted'))
      .filter(
        ({ bucket, key }) => !exported.some((one) => one.bucket === bucket && key.startsWith(one.prefix)),
      )
      .map(({ key }) => `${key} was deleted, and no drill wrote it`),
  ];
};

/** Drills make tables and exports under their own names, and change nothing else. */
export const drillsTouchNoOther = ({ account }: World): readonly string[] => [
  ...byDriller(account.ledger.of('table-restored'))
    .filter(({ tableName }) => !tableName.startsWith(TABLES))
    .map(({ tableName }) => `a drill restored to ${tableName}`),
  ...byDriller(account.ledger.of('table-exported'))
    .filter(({ bucket, prefix }) => bucket !== BUCKET || !prefix.startsWith(OBJECTS))
    .map(({ bucket, prefix }) => `a drill exported to ${bucket}/${prefix}`),
  ...(['recovery-point-made', 'recovery-point-deleted', 'pitr-changed', 'table-created'] as const)
    .flatMap((kind) => byDriller(account.ledger.of(kind)))
    .map(({ kind, tableName }) => `a drill did ${kind} of ${tableName}`),
];

const CHANGES =
  /^(?:UpdateTable|UpdateTimeToLive|UpdateContinuousBackups|UpdateContributorInsights|TagResource|UntagResource|PutResourcePolicy|DeleteTable|RestoreTable\w+)$/;
const WRITES = /^(?:PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/;

/** What the calls of a run named, where they change something. */
export const drillCallsStayAtHome = ({ calls }: Drilled): readonly string[] =>
  calls.flatMap(({ operation, body }) => {
    const isChange = CHANGES.test(operation);
    if (!isChange && !WRITES.test(operation)) return [];
    const isOwn = body.includes(isChange ? TABLES : `"${STATE_TABLE}"`);
    return isOwn ? [] : [`${operation} of something else: ${body.slice(0, 200)}`];
  });

/** No drill has two tables of one source at once. */
export const drillsTakeTurns = (world: World): readonly string[] => {
  const goneAt = new Map(
    world.account.ledger.of('table-deleted').map(({ tableId, at }) => [tableId, at] as const),
  );
  const bySource = Map.groupBy(madeIn(world), ({ tableName }) =>
    tableName.slice(TABLES.length).replace(/(?:\.[^.]+){3}$/, ''),
  );
  return [...bySource].flatMap(([source, made]) =>
    made.flatMap((one, nth) => {
      const before = made[nth - 1];
      const isFree =
        before === undefined || (goneAt.get(before.tableId) ?? Number.POSITIVE_INFINITY) <= one.at;
      return isFree ? [] : [`two tables of drills of ${source} stood at once: ${one.tableName}`];
    }),
  );
};

/** Nobody backs the tables of drills up, watches their point-in-time recovery, or opens findings about them but that they are left over. */
export const drillTablesAreNobodys = ({ account }: World): readonly string[] => [
  ...account.ledger
    .of('recovery-point-made')
    .filter(({ tableName, type }) => isDrillTable(tableName) && type !== 'SYSTEM')
    .map(({ name, tableName }) => `${name} was made of ${tableName}`),
  ...account.ledger
    .of('pitr-changed')
    .filter(({ tableName }) => isDrillTable(tableName))
    .map(({ tableName }) => `point-in-time recovery of ${tableName} was switched`),
];

const GB = 2 ** 30;
/** What AWS asks for in us-east-1, a gigabyte. */
const USD = { restored: 0.15, exported: 0.1 };

/** As the names of tables and exports have it: when they were planned. */
const monthIn = (name: string): string => /\.(\d{6})\d\d-\d{6}/.exec(name)?.[1] ?? '';

/** What drills have cost, month by month of their plans, and sizes as they were when they began. */
export type Spent = Map<string, number>;

/** Adds what a run began. */
export const noteSpent = (world: World, spent: Spent, since: number): void => {
  const { account } = world;
  const sizeOf = (id: string): number =>
    [...account.state.tables.all()].find((table) => table.id === id)?.sizeBytes ?? 0;
  const add = (name: string, tableId: string, usdPerGb: number): void => {
    const month = monthIn(name);
    spent.set(month, (spent.get(month) ?? 0) + (sizeOf(tableId) / GB) * usdPerGb);
  };
  for (const entry of account.ledger.entries.slice(since)) {
    if (entry.kind === 'table-restored' && entry.tableName.startsWith(TABLES))
      add(entry.tableName, entry.tableId, USD.restored);
    if (entry.kind === 'table-exported' && entry.by.accessKeyId === DRILLER)
      add(entry.prefix, entry.tableId, USD.exported);
  }
};

/** The drills of a month never cost more than their cap. */
export const drillCapHolds = (spent: Spent, capUsd: number): readonly string[] =>
  [...spent]
    .filter(([, usd]) => usd > capUsd * 1.0001)
    .map(([month, usd]) => `drills of ${month} cost ${usd.toFixed(4)} of ${capUsd}`);

/** For how long AWS Backup knows the job that restored a table. */
const JOB_KNOWN_MS = 30 * 86_400_000;

/** Where no run came while anything said what made a table, nothing proves whose it is, and people are told of it. */
const isProvable = ({ createdAt }: { readonly createdAt: number }, ranAt: readonly number[]): boolean =>
  ranAt.some((at) => at >= createdAt && at < createdAt + JOB_KNOWN_MS);

/** Once nothing fails any more, nothing is left of any drill but what people made, and what nobody can prove to be a drill's. */
export const drillsLeaveNothing = (
  { account }: World,
  { ofPeople, ranAt }: World['drills'],
): readonly string[] => [
  ...tablesOf(account)
    .filter((table) => isDrillTable(table.name) && !ofPeople.has(table.id) && isProvable(table, ranAt))
    .map(({ name }) => `${name} is left over`),
  ...keysOf(account, BUCKET).map((key) => `${key} is left over`),
];
