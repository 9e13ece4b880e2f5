import { findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { SMALLER_TAG, type TaggedTable } from '../../model/table.ts';
import { DROP_KEPT_MS, type Drop, dropOf, mayShowDrop } from '../retention/drop.ts';
import { countedOf } from '../retention/judge.ts';
import { utcText } from '../text/time.ts';
import type { KeepSight, Kept } from './kind.ts';

/** How long they are kept at least after the report, however late that was. */
const KNOWN_MS = 7 * DAY_MS;

/** A table that lost nearly everything it had, judged by the sizes of its recovery points. */
export interface Shrunk extends Drop {
  readonly table: TaggedTable;
  /** Until when the larger ones are kept in any case; now, if somebody said that it is intended. */
  readonly until: Instant;
}

/**
 * Merges the recovery points of all policies of a table because they copy the same items. Only those that count, of the
 * table's present incarnation.
 */
const pointsOf = (allSeries: KeepSight['allSeries'], { now }: KeepSight): readonly RecoveryPoint[] =>
  allSeries
    .flatMap((series) =>
      series.confirmed === undefined ? [] : countedOf(series, series.confirmed.tableId, now),
    )
    .map(({ recoveryPoint }) => recoveryPoint);

/**
 * What a table's tag says about a drop: `meant`, that the table is to be smaller since · `silent`, there is no such tag · otherwise why what it
 * says accepts nothing.
 */
export type SmallerWord = 'before-the-drop' | 'meant' | 'no-day' | 'silent' | 'still-to-come';

const dayOf = (instant: Instant): string => isoInstant(instant).slice(0, 10);

/**
 * Reads the tag by which people say that a table is meant to be smaller. A day in the future says nothing about what has happened, and
 * neither does an invalid one.
 */
export const smallerWordOf = ({ tags }: TaggedTable, droppedAt: Instant, now: Instant): SmallerWord => {
  const day = tags[SMALLER_TAG]?.trim();
  if (day === undefined) return 'silent';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return 'no-day';
  if (day > dayOf(now)) return 'still-to-come';
  return dayOf(droppedAt) <= day ? 'meant' : 'before-the-drop';
};

/** Checks whether a table's tag says that it is meant to be smaller since a drop. */
export const isMeant = (table: TaggedTable, droppedAt: Instant, now: Instant): boolean =>
  smallerWordOf(table, droppedAt, now) === 'meant';

const untilOf = (table: TaggedTable, droppedAt: Instant, { now, openFindings }: KeepSight): Instant => {
  if (isMeant(table, droppedAt, now)) return now;
  const id = findingId('table-shrunk', table.name);
  const open = openFindings.find((finding) => finding.id === id);
  const until = droppedAt + DROP_KEPT_MS;
  if (open === undefined && now >= until) return until;
  const toldAt = open?.notifiedAt === undefined ? now : (open.toldFirstAt ?? open.openedAt);
  return Math.max(until, toldAt + KNOWN_MS);
};

const shrunkOf = (
  table: TaggedTable,
  points: readonly RecoveryPoint[],
  sight: KeepSight,
): readonly Shrunk[] => {
  const drop = dropOf(points);
  return drop === undefined ? [] : [{ ...drop, table, until: untilOf(table, drop.first.createdAt, sight) }];
};

/** Names the tables that may have shrunk: most have recovery points of similar size. What is in the making has no size yet, and does not count. */
export const mayHaveShrunk = ({ own }: Pick<KeepSight, 'own'>): ReadonlySet<string> => {
  const bytes = new Map<string, { least: number; most: number }>();
  for (const { facts, table } of own.values()) {
    const { least, most } = bytes.get(table) ?? { least: Number.POSITIVE_INFINITY, most: 0 };
    bytes.set(table, {
      least: Math.min(least, facts.leastBytes),
      most: Math.max(most, facts.mostBytes),
    });
  }
  const suspects = [...bytes].filter(([, sizes]) => mayShowDrop(sizes));
  return new Set(suspects.map(([table]) => table));
};

/**
 * SAFETY: decided from the recovery points themselves, so that a prune that runs before the first audit keeps them too.
 * Returns the tables that lost nearly everything they had.
 */
export const shrunkTables = (sight: KeepSight): readonly Shrunk[] => {
  const suspects = mayHaveShrunk(sight);
  if (suspects.size === 0) return [];
  const allSeries = Map.groupBy(sight.allSeries, ({ table }) => table);
  return sight.governed.flatMap(({ table }) =>
    suspects.has(table.name) ? shrunkOf(table, pointsOf(allSeries.get(table.name) ?? [], sight), sight) : [],
  );
};

/**
 * SAFETY: keeps the first smaller recovery point while a larger one is kept, which a rule may do for years: it dates the drop. Without it the drop
 * would be dated later, be reported again, and no longer be covered by the tag that accepted it. Both expire in one plan, so that planning again
 * after it was carried out plans nothing.
 */
const datingOf = ({ first, larger, until }: Shrunk): Kept => ({
  id: first.id,
  until,
  whileAnyOf: larger.map(({ id }) => id),
  reason: 'the first one since the table holds less than a tenth: kept as long as a larger one is there',
});

const keptOf = (shrunk: Shrunk): readonly Kept[] => {
  const { larger, until } = shrunk;
  const reason = `the table holds less than a tenth since: kept until ${utcText(until)}`;
  return [...larger.map(({ id }) => ({ id, until, reason })), datingOf(shrunk)];
};

/** SAFETY: returns what of shrunken tables does not expire. */
export const keptOfShrunk = (sight: KeepSight): readonly Kept[] => shrunkTables(sight).flatMap(keptOf);
