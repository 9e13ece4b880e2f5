import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { KeyFacts } from '../../model/key-facts.ts';
import type { Gap } from '../../model/observation.ts';
import type { SeenPolicy, SeenStatus, SeenTable } from '../../model/picture.ts';
import type { Policy } from '../../model/policy.ts';
import { newestOf, rpoStatusOf } from '../scene/due.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { type OwnedRecoveryPoints, seriesKey } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import { lockedPoints, withheldBy } from '../scene/table-keys.ts';
import { seenCopies } from './seen-copies.ts';

/** What a verdict needs of a table that was looked at. */
export type JudgedTable = Omit<SeenTable, 'newest' | 'points'>;

/** What of a look tables are seen by. */
export interface Looked {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly now: Instant;
  /** How keys stand; absent where no run looked. */
  readonly keyFacts?: KeyFacts | undefined;
}

const policyOf = ({ name, pitr, rpoMs }: Policy): SeenPolicy => ({
  name,
  rpoMs,
  promisesPitr: pitr !== undefined,
});

const lockedIn = (own: Scene['own'], keyFacts: KeyFacts | undefined): ReadonlyMap<string, unknown> => {
  if (keyFacts === undefined) return new Map();
  const all = [...own.values()].flatMap(({ points }) => points.map(({ recoveryPoint }) => recoveryPoint));
  return lockedPoints(keyFacts, all);
};

/** Tells whether any of some recovery points can be restored. SAFETY: one whose key cannot be used gives nothing back. */
const restorableWith =
  (locked: ReadonlyMap<string, unknown>, now: Instant) =>
  ({ table }: GovernedTable, own: OwnedRecoveryPoints): boolean => {
    const points =
      locked.size === 0
        ? own.points
        : own.points.filter(({ recoveryPoint }) => !locked.has(recoveryPoint.id));
    return newestOf({ confirmed: table.details, points }, now, ['available']) !== undefined;
  };

const reportedIn = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(
    findings.flatMap(({ kind, policy, table }) =>
      kind === 'recovery-point-overdue' && table !== undefined && policy !== undefined
        ? [seriesKey(table, policy)]
        : [],
    ),
  );

/** Lists every tagged table that did not opt out as a look saw it, sorted by name. */
export const judgedTables = (
  { governed, copies, own, reach, allSeries }: Scene,
  { findings, gaps, now, keyFacts }: Looked,
): readonly JudgedTable[] => {
  const ownOf = Map.groupBy(own.values(), ({ table }) => table);
  const copiesOf = Map.groupBy(copies.values(), ({ table }) => table);
  const allSeriesOf = Map.groupBy(allSeries, ({ table }) => table);
  const gapsOf = Map.groupBy(gaps, ({ table }) => table);
  const reported = reportedIn(findings);
  const withheldOf = governed.some(({ table }) => table.details !== undefined)
    ? withheldBy(keyFacts)
    : () => undefined;
  const isRestorable = restorableWith(lockedIn(own, keyFacts), now);
  const statusesOf = (name: string): readonly SeenStatus[] =>
    (allSeriesOf.get(name) ?? []).map((series) => ({
      ...rpoStatusOf(series, now, reach),
      policy: series.policy.name,
      ...(reported.has(seriesKey(name, series.policy.name)) && { isReported: true as const }),
    }));
  return governed
    .filter(({ optedOut }) => !optedOut)
    .map((one): JudgedTable => {
      const { details, name, pitr } = one.table;
      const withheld = withheldOf(one.table);
      const hasPoint = (ownOf.get(name) ?? []).some((ofPolicy) => isRestorable(one, ofPolicy));
      const elsewhere = hasPoint ? undefined : seenCopies(one, copiesOf.get(name) ?? []);
      return {
        name,
        policies: one.policies.map(policyOf).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        ...(details !== undefined && { tableId: details.tableId, sizeBytes: details.sizeBytes }),
        ...(pitr !== undefined && { pitr }),
        ...(withheld !== undefined && { withheld }),
        statuses: statusesOf(name),
        hasPoint,
        ...(elsewhere !== undefined && { copies: elsewhere }),
        gaps: gapsOf.get(name) ?? [],
      };
    });
};
