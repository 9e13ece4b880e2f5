import { endingPolicies, goneRecordOf } from '../core/retention/gone-tables.ts';
import { explainCommand } from '../core/text/commands.ts';
import { nearest } from '../core/text/nearest.ts';
import { commandText } from '../core/text/shell.ts';
import { utcText } from '../core/text/time.ts';
import { wholeCommand } from '../core/text/whole-command.ts';
import { capped } from '../core/text/words.ts';
import type { Command } from '../model/advice.ts';
import { UserError } from '../model/errors.ts';
import type { Failure } from '../model/failure.ts';
import { DAY_MS, type Instant } from '../model/instant.ts';
import type { Memory } from '../model/memory.ts';
import { ownTagOf } from '../model/policy.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { Listing } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';

type KeepDeps = Pick<
  Deps,
  'clock' | 'instance' | 'inventory' | 'policies' | 'stateStore' | 'tableReader' | 'target'
>;

/** Another deployment that has recovery points of the table: it asks its own state table alone whether they are kept. */
export interface OtherDeployment {
  readonly instance: string;
  readonly points: number;
}

/** What was asked for, and whether any policy would have ended it. */
export interface KeptNow {
  readonly table: string;
  readonly isKept: boolean;
  /** Names of the policies that end what is left of deleted tables, sorted. */
  readonly endedBy: readonly string[];
  /** Sorted by name. Those whose recovery points are all in vaults are not seen here. */
  readonly others: readonly OtherDeployment[];
  /** Why it is not known whether there is, or was, a table of the name; absent where it is known. */
  readonly unchecked?: Failure;
  /** Whether a table of the name is there: what is kept is then what is left of it once it is deleted. Absent where DynamoDB did not say. */
  readonly isThere?: boolean;
  /** What AWS Backup deletes by itself at the end that it was given, whatever is kept; absent where that is nothing. */
  readonly endsInVaults?: EndsInVaults;
}

/** Recovery points in vaults that have an end. */
export interface EndsInVaults {
  readonly points: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

type Points = Listing<RecoveryPoint>;

const unknownTable = (table: string, names: readonly string[]): UserError => {
  const meant = nearest(table, names);
  return new UserError({
    code: 'unknown-table',
    what: `Nothing is known of a table ${capped(table, 80)}, and it has no recovery points of this deployment.`,
    fix: meant === undefined ? 'Check its name, and --region and --instance.' : `Did you mean ${meant}?`,
  });
};

const nothingLeft = (table: string, endedAt: number, deps: KeepDeps): UserError =>
  new UserError({
    code: 'nothing-left',
    what: `Nothing is left of ${capped(table, 80)} to keep: its recovery points were ended by afterDeletion, and were gone by ${utcText(endedAt)}.`,
    fix: `What others have of it: ${wholeText(explainCommand(table), deps)}`,
  });

const wholeText = (command: Command, { instance, policies, target }: KeepDeps): string =>
  commandText(wholeCommand(command, { instance, target, ...ownTagOf(policies) }));

const notKept = (table: string, kept: readonly string[], deps: KeepDeps): UserError => {
  const meant = nearest(table, kept);
  return new UserError({
    code: 'not-kept',
    what: `Nobody asked to keep what is left of ${capped(table, 80)}, so there is nothing to take back.`,
    fix:
      meant === undefined
        ? `What is kept: ${wholeText(['tablekeeper', 'keep'], deps)}`
        : `Did you mean ${meant}?`,
  });
};

/** SAFETY: a name that was mistyped would keep nothing, and be found out too late. Returns why it could not be checked, where it could not. */
const requireKnown = (deps: KeepDeps, table: string, memory: Memory, points: Points): Failure | undefined => {
  const { instance } = deps;
  const inVaults = (memory.vaultRecords ?? []).map(({ recordedTable }) => recordedTable);
  const governed = (memory.protections ?? []).map((protection) => protection.table);
  const gone = memory.goneTables ?? [];
  const isOwn = points.items.some(({ origin }) => origin?.instance === instance);
  if (isOwn || inVaults.includes(table)) return undefined;
  const ended = gone.find(({ endedAt, goneTable }) => goneTable === table && endedAt !== undefined);
  if (ended?.endedAt !== undefined && goneRecordOf(memory, table) === undefined && points.gap === undefined)
    throw nothingLeft(table, ended.endedAt, deps);
  const names = [...gone.map(({ goneTable }) => goneTable), ...governed, ...inVaults];
  if (names.includes(table)) return undefined;
  if (points.gap === undefined) throw unknownTable(table, names);
  return points.gap;
};

const othersIn = ({ items }: Points, own: string): readonly OtherDeployment[] => {
  const byInstance = Map.groupBy(items, ({ origin }) => origin?.instance);
  return [...byInstance]
    .flatMap(([instance, points]) =>
      instance === undefined || instance === own ? [] : [{ instance, points: points.length }],
    )
    .toSorted((a, b) => (a.instance < b.instance ? -1 : 1));
};

/** Of points by the policy that made them, of copies as AWS Backup said. */
const endsIn = (
  { vaultRecords = [] }: Memory,
  { policies }: KeepDeps['policies'],
  table: string,
): Pick<KeptNow, 'endsInVaults'> => {
  const points = vaultRecords
    .filter(({ recordedTable }) => recordedTable === table)
    .flatMap((record) => record.points);
  const ends = points.flatMap(({ copies = [], createdAt, goneAt, policy }) => {
    const days = policies.find(({ name }) => name === policy)?.vault?.deleteAfterDays;
    const own = goneAt === undefined && days !== undefined ? [createdAt + days * DAY_MS] : [];
    return [...own, ...copies.flatMap(({ deletesAt }) => deletesAt ?? [])];
  });
  if (ends.length === 0) return {};
  return { endsInVaults: { points: ends.length, firstAt: Math.min(...ends), lastAt: Math.max(...ends) } };
};

/**
 * Notes that what is left of a deleted table stays, or takes that back. Throws a `UserError` for a table of which nothing is known, or nothing left. It holds for a
 * run that is under way, as far as that has not begun to delete, and for this deployment alone.
 */
export const keepDeleted = async (deps: KeepDeps, table: string, isKept: boolean): Promise<KeptNow> => {
  const { clock, instance, inventory, policies, stateStore, tableReader } = deps;
  const [memory, points, there] = await Promise.all([
    stateStore.readMemory(),
    tableReader.listRecoveryPointsOf(table),
    inventory.describeTable(table),
  ]);
  const unchecked = isKept ? requireKnown(deps, table, memory, points) : undefined;
  if (isKept) {
    await stateStore.keepTable({ keptTable: table, keptAt: clock.now() });
  } else {
    const kept = (await stateStore.readKept()).map(({ keptTable }) => keptTable);
    if (!kept.includes(table)) throw notKept(table, kept, deps);
    await stateStore.releaseTable(table);
  }
  const endedBy = endingPolicies(policies).map(({ name }) => name);
  return {
    table,
    isKept,
    endedBy: endedBy.toSorted(),
    others: othersIn(points, instance),
    ...(unchecked !== undefined && { unchecked }),
    ...(there.kind !== 'unreadable' && { isThere: there.kind === 'found' }),
    ...endsIn(memory, policies, table),
  };
};
