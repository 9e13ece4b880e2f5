import type { Finding } from '../../model/finding.ts';
import type { Glimpse, LegalHoldSummary, Picture, PointSpan, SeenTable } from '../../model/picture.ts';
import type { Plan, RetentionDecision } from '../../model/plan.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { judgedTables } from '../plan/seen-tables.ts';
import { policiesDigest } from '../policy/policies-file.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { lockedPoints } from '../scene/table-keys.ts';

/** What one look saw and decided. */
export interface PictureInput extends Pick<PlanInput, 'observation' | 'policies'> {
  readonly scene: Scene;
  readonly plan: Pick<Plan, 'plannedAt' | 'retention'>;
  /** What was found, or is open and not disproved. */
  readonly findings: readonly Finding[];
}

/** What can be restored, by table. That of an earlier table of the name is another table's data. */
const availableOf = (
  { governed, own }: Scene,
  keys: PictureInput['observation'],
): ReadonlyMap<string, readonly RecoveryPoint[]> => {
  const described = new Map(governed.map(({ table }) => [table.name, table.details?.tableId]));
  const isOfPresent = ({ tableId, tableName }: RecoveryPoint): boolean =>
    (described.get(tableName) ?? tableId) === tableId;
  const points = [...own.values()].flatMap((one) => one.points.map(({ recoveryPoint }) => recoveryPoint));
  const locked = lockedPoints(keys, points);
  const available = points.filter(
    (point) => point.status === 'available' && isOfPresent(point) && !locked.has(point.id),
  );
  return Map.groupBy(available, ({ tableName }) => tableName);
};

const spanOf = (points: readonly RecoveryPoint[]): PointSpan => ({
  count: points.length,
  oldest: points.reduce((least, { createdAt }) => Math.min(least, createdAt), Number.POSITIVE_INFINITY),
  newest: points.reduce((most, { createdAt }) => Math.max(most, createdAt), 0),
});

const newestOf = (points: readonly RecoveryPoint[]): Pick<SeenTable, 'newest'> => {
  const [first, ...rest] = points;
  if (first === undefined) return {};
  const { createdAt, isCold, sizeBytes } = rest.reduce(
    (most, one) => (one.createdAt > most.createdAt ? one : most),
    first,
  );
  return {
    newest: { createdAt, ...(sizeBytes !== undefined && { sizeBytes }), ...(isCold === true && { isCold }) },
  };
};

/** Sums up which legal holds keep recovery points of a plan, by title. */
export const legalHoldsOf = (retention: readonly RetentionDecision[]): readonly LegalHoldSummary[] => {
  const held = retention.flatMap(({ recoveryPoint: { heldBy = [], id, tableName } }) =>
    heldBy.flatMap((hold) => (hold.kind === 'legal-hold' ? [{ id, tableName, title: hold.title }] : [])),
  );
  return [...Map.groupBy(held, ({ title }) => title)]
    .map(([title, points]) => ({
      title,
      recoveryPoints: new Set(points.map(({ id }) => id)).size,
      tables: [...new Set(points.map(({ tableName }) => tableName))].toSorted(),
    }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
};

/** Draws what a look saw of every table that opted in. */
export const pictureOf = ({ findings, observation, plan, policies, scene }: PictureInput): Picture => {
  const available = availableOf(scene, observation);
  const now = plan.plannedAt;
  const { gaps } = observation;
  const judged = judgedTables(scene, { findings, gaps, now, keys: observation });
  return {
    target: observation.target,
    at: now,
    policiesDigest: policiesDigest(policies),
    // Who receives alerts is asked by whoever reads this.
    gaps: gaps.filter(({ facet, table }) => table === undefined && facet !== 'subscriptions'),
    legalHolds: legalHoldsOf(plan.retention),
    tables: judged.map((one) => {
      const points = available.get(one.name) ?? [];
      return {
        ...one,
        ...(points.length > 0 && { points: spanOf(points) }),
        ...newestOf(points),
      };
    }),
  };
};

/** What of a picture a look at some tables adds: nothing of those that could not be read whole. */
export const glimpsesOf = ({ at, gaps, tables }: Picture, scope: readonly string[]): readonly Glimpse[] => {
  if (gaps.length > 0) return [];
  const seen = new Map(tables.map((table) => [table.name, table]));
  return scope.flatMap((name): readonly Glimpse[] => {
    const table = seen.get(name);
    if (table === undefined) return [{ table: name, at }];
    return table.gaps.length > 0 ? [] : [{ table: name, at, seen: table }];
  });
};

/** A table as the newest look saw it, and when that was. */
export interface DatedTable extends SeenTable {
  readonly seenAt: number;
}

const isKeptByKey = ({ locked, withheld }: SeenTable): boolean => locked !== undefined || withheld === 'key';

/** SAFETY: whether a look that asks no key would have restored what a key keeps. */
const forgetsKey = (before: SeenTable | undefined, seen: SeenTable | undefined): boolean =>
  before !== undefined &&
  seen !== undefined &&
  isKeptByKey(before) &&
  seen.tableId === before.tableId &&
  seen.withheld === undefined &&
  seen.locked === undefined;

/** Puts what hints saw since over what an audit saw, sorted by name. Hints ask no key: where one keeps anything of a table, what the audit saw stands. */
export const datedTables = (
  { at, tables }: Pick<Picture, 'at' | 'tables'>,
  glimpses: readonly Glimpse[],
): readonly DatedTable[] => {
  const before = new Map(tables.map((one) => [one.name, one]));
  const later = new Map(
    glimpses
      .filter((glimpse) => glimpse.at > at && !forgetsKey(before.get(glimpse.table), glimpse.seen))
      .map((one) => [one.table, one]),
  );
  const unchanged = tables.filter(({ name }) => !later.has(name)).map((one) => ({ ...one, seenAt: at }));
  const changed = [...later.values()].flatMap(({ seen, at: seenAt }) =>
    seen === undefined ? [] : [{ ...seen, seenAt }],
  );
  return [...unchanged, ...changed].toSorted((a, b) => (a.name < b.name ? -1 : 1));
};
