import type { FindingKind } from '../../../model/finding.ts';
import type { Instant } from '../../../model/instant.ts';
import type { DigestMemory, Memory, OpenFinding } from '../../../model/memory.ts';
import type { Observation } from '../../../model/observation.ts';
import { isPassingTable } from '../../../model/passing-table.ts';
import type { Plan, VerdictStatus } from '../../../model/plan.ts';
import type { Policies } from '../../../model/policy.ts';
import type { RecoveryPoint } from '../../../model/recovery-point.ts';
import type { RestoreRecord } from '../../../model/restore.ts';
import { drillsByTable } from '../../drill/proof.ts';
import { restoresOfDrills } from '../../explain/if-lost.ts';
import { ATTEMPTED_KINDS } from '../../findings/kinds.ts';
import { pastRestores } from '../../restore/expected-time.ts';
import { governedTables } from '../../scene/governed.ts';
import { ownPointsIn } from '../../scene/own-points.ts';
import { type DeletedTables, deletedTablesOf } from './deleted.ts';
import { type Growth, growthOf, sizesOf } from './growth.ts';
import { type TableLine, tableLine } from './table-line.ts';

/** What a digest is made from: what one audit saw, and what was reported since the last digest. */
export interface DigestInput {
  readonly policies: Policies;
  readonly instance: string;
  readonly observation: Observation;
  readonly plan: Pick<Plan, 'verdicts'>;
  /** What was remembered before the audit, and what it will remember of gone tables; without it nothing is said of when what is left of deleted tables ends. */
  readonly memory?: Memory;
  /** Open now, or resolved since the last digest. */
  readonly findings: readonly OpenFinding[];
  /** What people restored; absent where that was not read. */
  readonly restores?: readonly RestoreRecord[];
  readonly last?: DigestMemory | undefined;
  readonly now: Instant;
}

/** The state of a target, whether or not anything is wrong. */
export interface Digest {
  /** When the last one was sent, and what it measured. */
  readonly last?: DigestMemory | undefined;
  /** Worst first, then by name. */
  readonly tables: readonly TableLine[];
  /** Names of tables that opted out explicitly, sorted. */
  readonly optedOut: readonly string[];
  /** Names of tables without the tag, sorted; absent where the list of names could not be read. */
  readonly untagged?: readonly string[];
  /** Failures of backups, expiries and repairs found since the last digest, sorted by id, resolved or not. */
  readonly failures: readonly OpenFinding[];
  readonly openFindings: readonly OpenFinding[];
  /** The size of all tables together, in bytes; absent where not all could be read. */
  readonly tableBytes?: number;
  readonly recoveryPointBytes: number;
  /** Recovery points of tables that no longer exist; absent where there are none. */
  readonly deleted?: DeletedTables;
  /** Which tables grew and shrank since the last one; absent when that recorded no sizes. */
  readonly growth?: Growth;
}

const WORST_FIRST: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown', 'protected'];

const OF_DRILLS: readonly FindingKind[] = ['drill-failed', 'drill-table-left-over'];

/** What a function tried and could not do. */
const FAILURES: ReadonlySet<string> = new Set([...ATTEMPTED_KINDS.map(({ kind }) => kind), ...OF_DRILLS]);

/** Sorts the worst first; tables with the same verdict stay sorted by name. */
const byWorst = (a: TableLine, b: TableLine): number =>
  WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status);

const byId = (a: OpenFinding, b: OpenFinding): number => (a.id < b.id ? -1 : 1);

const linesOf = ({
  policies,
  instance,
  observation,
  plan,
  restores = [],
}: DigestInput): readonly TableLine[] => {
  const verdicts = new Map(plan.verdicts.map((verdict) => [verdict.table, verdict]));
  const points = Map.groupBy(ownPointsIn(observation, instance).own.values(), ({ table }) => table);
  const pointsOf = (table: string): readonly RecoveryPoint[] =>
    (points.get(table) ?? []).flatMap((own) => own.points.map(({ recoveryPoint }) => recoveryPoint));
  const { drills: states = [] } = observation;
  const proven = {
    ...(observation.drills !== undefined && {
      states: [...drillsByTable(states, observation.tables).values()],
    }),
    past: [...restoresOfDrills(states), ...pastRestores(restores)],
  };
  return governedTables(policies, observation.tables)
    .flatMap((governed) => {
      const verdict = verdicts.get(governed.table.name);
      return verdict === undefined
        ? []
        : [tableLine(governed, verdict, pointsOf(governed.table.name), proven)];
    })
    .toSorted(byWorst);
};

const untaggedOf = ({ tableNames, tables }: Observation): readonly string[] | undefined => {
  const tagged = new Set(tables.map(({ name }) => name));
  return tableNames?.filter((name) => !tagged.has(name) && !isPassingTable(name)).toSorted();
};

const tableBytesOf = (lines: readonly TableLine[]): number | undefined => {
  const known = lines.flatMap(({ tableBytes }) => (tableBytes === undefined ? [] : [tableBytes]));
  return known.length === lines.length ? known.reduce((sum, bytes) => sum + bytes, 0) : undefined;
};

/**
 * Builds the digest of an audit. Sizes count only tables that opted in, and are summed only when all could be read; a
 * failure that was found again several times counts once.
 */
export const digestOf = (input: DigestInput): Digest => {
  const { policies, observation, findings, last } = input;
  const tables = linesOf(input);
  const tableBytes = tableBytesOf(tables);
  const untagged = untaggedOf(observation);
  const growth = growthOf(tables, last);
  const deleted = deletedTablesOf(observation, input.instance, { memory: input.memory ?? {}, policies });
  const since = last?.sentAt ?? Number.NEGATIVE_INFINITY;
  return {
    last,
    tables,
    optedOut: governedTables(policies, observation.tables)
      .filter(({ optedOut }) => optedOut)
      .map(({ table }) => table.name),
    ...(untagged !== undefined && { untagged }),
    failures: findings.filter(({ kind, openedAt }) => FAILURES.has(kind) && openedAt > since).toSorted(byId),
    openFindings: findings.filter(({ resolvedAt }) => resolvedAt === undefined).toSorted(byId),
    ...(tableBytes !== undefined && { tableBytes }),
    recoveryPointBytes: tables.reduce((sum, line) => sum + line.recoveryPointBytes, 0),
    ...(growth !== undefined && { growth }),
    ...(deleted !== undefined && { deleted }),
  };
};

/** Returns what the next digest needs to know about one that was sent for a slot. */
export const digestMemory = (
  { tableBytes, recoveryPointBytes, tables }: Digest,
  digestedSlot: Instant,
  sentAt: Instant,
): DigestMemory => ({
  digestedSlot,
  sentAt,
  recoveryPointBytes,
  ...(tableBytes !== undefined && { tableBytes }),
  sizes: sizesOf(tables),
});
