import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';

/** How the recovery points of the tables are read: a list for each table, or one of the whole target for all of them. */
export type PointsBy = 'table' | 'target';

/** Up to this many tables, one list for each is read quickly. */
const FEW_TABLES = 25;

/**
 * Reading per table takes one call per table, reading the target one call per hundred points: with some 25 recovery
 * points per table the latter is faster when at least a quarter of the tables that opted in are looked at.
 */
const TABLES_A_CALL = 4;

/** Decides how to read recovery points; `optedIn` is the number of tables, undefined if unknown. */
export const pointsBy = (tables: number, optedIn: number | undefined): PointsBy =>
  optedIn !== undefined && tables > FEW_TABLES && tables * TABLES_A_CALL >= optedIn ? 'target' : 'table';

/** Tables per second that can safely be read: under two thirds of the slowest rate involved. */
const PER_SECOND: Readonly<Record<PointsBy, number>> = { table: 3, target: 6 };

/** The most tables in a slice, which is at most one message, and is lost when one of its lists cannot be read. */
const MOST_TABLES: Readonly<Record<PointsBy, number>> = { table: 250, target: 500 };

/** The share of the remaining time for reading a slice, because its message and memory come after it. */
const READING_SHARE = 0.6;

/** The least time that a slice needs. */
const LEAST_MS = 30 * SECOND_MS;

/**
 * Some tables to look at together, and the deadline for that, so that one table without an answer does not use up the
 * time of all.
 */
export interface Slice {
  readonly tables: readonly string[];
  readonly deadline: Instant;
}

/**
 * Selects the next tables to look at, in the order given. Returns none when too little time is left, but always at
 * least one for the first slice.
 */
export const nextSlice = (
  left: readonly string[],
  by: PointsBy,
  {
    now,
    deadline,
    isFirst,
  }: { readonly now: Instant; readonly deadline: Instant; readonly isFirst: boolean },
): Slice => {
  const leftMs = Math.max(0, deadline - now);
  if (!isFirst && leftMs < LEAST_MS) return { tables: [], deadline };
  const inTime = Math.floor((leftMs * READING_SHARE * PER_SECOND[by]) / SECOND_MS);
  const tables = left.slice(0, Math.max(1, Math.min(MOST_TABLES[by], inTime)));
  const expectedMs = (tables.length * SECOND_MS) / PER_SECOND[by];
  return { tables, deadline: Math.min(deadline, now + MINUTE_MS + 3 * expectedMs) };
};
