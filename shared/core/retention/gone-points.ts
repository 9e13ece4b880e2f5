import type { Instant } from '../../model/instant.ts';
import { isGoingOn, type Job, type JobState } from '../../model/job.ts';
import type { GoneTable, Memory } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';
import { askedBy } from '../scene/asked.ts';
import type { OwnedRecoveryPoints, OwnPoint } from '../scene/own-points.ts';
import { askingOf, type Regimes } from '../scene/regimes.ts';
import { uncountedReason } from './counting.ts';
import { endingNames } from './gone-tables.ts';

/** What recovery points of gone tables are weighed with. */
export interface GonePointScope {
  readonly policies: Pick<Policies, 'policies'>;
  readonly regimes: Regimes;
  readonly now: Instant;
}

/** A second one for a slot goes with the first. */
const isSurplus = ({ unasked }: OwnPoint): boolean => unasked === 'surplus';

const reasonFor = (point: OwnPoint, gone: GoneTable, now: Instant): string | undefined => {
  const { unasked: _, ...plain } = point;
  return uncountedReason(isSurplus(point) ? plain : point, gone.tableId, now);
};

/**
 * SAFETY: one that does not count for retention stays when its table is gone, as it stays while the table is there: it is of an earlier table, not whole,
 * or nobody asked for it. Explains by id why recovery points of a series do not end with the others.
 */
export const notEnding = (
  { points, policy }: OwnedRecoveryPoints,
  gone: GoneTable,
  { regimes, now }: GonePointScope,
): ReadonlyMap<string, string> => {
  const all = regimes.get(policy);
  const asked = all === undefined ? points : askedBy(askingOf(all))(points);
  return new Map(
    asked.flatMap((point) => {
      const reason = reasonFor(point, gone, now);
      return reason === undefined ? [] : [[point.recoveryPoint.id, reason] as const];
    }),
  );
};

/** Lists the recovery points of a gone table that end with it, whatever holds them back at the moment; none under a policy that does not end them. */
export const endingPoints = (
  series: readonly OwnedRecoveryPoints[],
  gone: GoneTable,
  scope: GonePointScope,
): readonly OwnPoint[] => {
  const names = endingNames(gone, scope.policies).map(({ name }) => name);
  return series
    .filter(({ policy, table }) => table === gone.goneTable && names.includes(policy))
    .flatMap((ofPolicy) => {
      const stays = notEnding(ofPolicy, gone, scope);
      return ofPolicy.points.filter(
        ({ recoveryPoint: { heldBy = [], id } }) => !stays.has(id) && heldBy.length === 0,
      );
    });
};

/** What of a gone table ends by its record, and how much stays. */
export interface GoneShare {
  readonly ending: readonly OwnPoint[];
  readonly staying: number;
}

/** Splits what is left of a gone table by whether its record ends it, whatever keeps it at the moment. Without a record all of it stays. */
export const goneShareOf = (
  series: readonly OwnedRecoveryPoints[],
  gone: GoneTable | undefined,
  scope: GonePointScope,
): GoneShare => {
  const ending = gone === undefined ? [] : endingPoints(series, gone, scope);
  const all = series
    .flatMap(({ points }) => points)
    .filter(({ recoveryPoint }) => recoveryPoint.status !== 'deleted');
  return { ending, staying: all.length - ending.length };
};

/** What shows that AWS Backup is at work on a recovery point. */
export interface WorkSight {
  readonly jobs: readonly Job[];
  readonly memory: Pick<Memory, 'vaultRecords'>;
}

const isOpen = (state: JobState): boolean => isGoingOn(state) || state === 'unknown';

/**
 * SAFETY: what is being made of a table, or copied, keeps everything of it. Names the tables with a job of AWS Backup under way, or with a copy
 * that was begun and of which no end is known: a job may go on for longer than it is listed.
 */
export const tablesAtWork = ({ jobs, memory: { vaultRecords = [] } }: WorkSight): ReadonlySet<string> => {
  const noted = vaultRecords.filter(({ points }) =>
    points.some(({ copies = [] }) => copies.some(({ state }) => isOpen(state))),
  );
  return new Set([
    ...jobs.filter(({ state }) => isOpen(state)).map(({ table }) => table),
    ...noted.map(({ recordedTable }) => recordedTable),
  ]);
};
