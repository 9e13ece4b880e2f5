import type { LegalHoldSummary } from '../../model/picture.ts';
import type { RetentionDecision } from '../../model/plan.ts';

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
