import { findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { SMALLER_TAG, type TaggedTable } from '../../model/table.ts';
import { countedOf } from '../retention/judge.ts';
import type { KeepSight } from './kind.ts';

/** A table that is smaller by less changed, and was not emptied. */
const TIMES_SMALLER = 10;

/** What was smaller before held little, and loses it in a day's work. */
const LEAST_BYTES = 1024 ** 2;

/** As long as DynamoDB keeps what it backs up of a deleted table: who has not missed the items by then was told every week. */
export const KEPT_MS = 35 * DAY_MS;

/** So long at the least after people were told, however late that was. */
const KNOWN_MS = 7 * DAY_MS;

/** A table that lost nearly all it had, by what its recovery points hold. */
export interface Shrunk {
  readonly table: TaggedTable;
  readonly newest: RecoveryPoint;
  /** Those of more than ten times the size of the newest, newest first, at least one. */
  readonly larger: readonly [RecoveryPoint, ...RecoveryPoint[]];
  /** The first one after the last larger one, which dates the drop. */
  readonly first: RecoveryPoint;
  /** Until when the larger ones are kept, whatever is done or not; now where somebody said that it is meant. */
  readonly until: Instant;
}

const byMaking = (a: RecoveryPoint, b: RecoveryPoint): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

/** Of all its policies together, for they copy the same items; only those that count, of the table that is there. */
const pointsOf = (streams: KeepSight['streams'], { now }: KeepSight): readonly RecoveryPoint[] =>
  streams
    .flatMap((stream) =>
      stream.confirmed === undefined ? [] : countedOf(stream, stream.confirmed.tableId, now),
    )
    .map(({ recoveryPoint }) => recoveryPoint)
    .toSorted(byMaking);

/** Whether a table's tag says that it is meant to be smaller since a drop. A day that is still to come is no word on what has happened, nor is what is no day. */
export const isMeant = ({ tags }: TaggedTable, droppedAt: Instant, now: Instant): boolean => {
  const day = tags[SMALLER_TAG]?.trim() ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return false;
  return day <= isoInstant(now).slice(0, 10) && isoInstant(droppedAt).slice(0, 10) <= day;
};

const untilOf = (table: TaggedTable, droppedAt: Instant, { now, openFindings }: KeepSight): Instant => {
  if (isMeant(table, droppedAt, now)) return now;
  const id = findingId('table-shrunk', table.name);
  const open = openFindings.find((finding) => finding.id === id);
  const until = droppedAt + KEPT_MS;
  if (open === undefined && now >= until) return until;
  const toldAt = open?.notifiedAt === undefined ? now : (open.toldFirstAt ?? open.openedAt);
  return Math.max(until, toldAt + KNOWN_MS);
};

const shrunkOf = (
  table: TaggedTable,
  points: readonly RecoveryPoint[],
  sight: KeepSight,
): readonly Shrunk[] => {
  const [newest] = points;
  if (newest === undefined) return [];
  const least = Math.max(LEAST_BYTES, newest.sizeBytes * TIMES_SMALLER + 1);
  const [last, ...others] = points.filter(({ sizeBytes }) => sizeBytes >= least);
  if (last === undefined) return [];
  const first = points[points.indexOf(last) - 1] ?? newest;
  return [{ table, newest, larger: [last, ...others], first, until: untilOf(table, first.createdAt, sight) }];
};

/** Most tables have recovery points of much the same size, and nothing more is asked of them. */
const mayHaveShrunk = (streams: KeepSight['streams']): boolean => {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { points } of streams)
    for (const { recoveryPoint } of points) {
      least = Math.min(least, recoveryPoint.sizeBytes);
      most = Math.max(most, recoveryPoint.sizeBytes);
    }
  return most >= LEAST_BYTES && most > least * TIMES_SMALLER;
};

/** Returns the tables that lost nearly all they had. SAFETY: decided from the recovery points themselves, so that a prune that comes before the first audit keeps them too. */
export const shrunkTables = (sight: KeepSight): readonly Shrunk[] => {
  const streams = Map.groupBy(sight.streams, ({ table }) => table);
  return sight.governed.flatMap(({ table }) => {
    const its = streams.get(table.name) ?? [];
    return mayHaveShrunk(its) ? shrunkOf(table, pointsOf(its, sight), sight) : [];
  });
};
