import type { RetentionDecision } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import { type OwnedRecoveryPoints, streamKey } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';

const reasonFor = (
  { policy, table }: OwnedRecoveryPoints,
  known: ReadonlySet<string>,
  tagged: ReadonlySet<string>,
) => {
  if (!known.has(policy)) return `there is no policy ${policy} any more to say for how long`;
  return tagged.has(table)
    ? `the tag of ${table} does not name ${policy} any more`
    : `no table ${table} with the tag was seen`;
};

/**
 * SAFETY: nothing here ever expires; a finding asks a person to decide. Keeps every recovery point
 * that belongs to no series: its policy is gone or no longer governs the table, or the table is
 * gone.
 */
export const leftoversOf = (
  { governed, own, streams }: Scene,
  { policies }: Policies,
): readonly RetentionDecision[] => {
  const decided = new Set(streams.map(({ table, policy }) => streamKey(table, policy.name)));
  const tagged = new Set(governed.map(({ table }) => table.name));
  const known = new Set(policies.map(({ name }) => name));
  return [...own]
    .filter(([key]) => !decided.has(key))
    .flatMap(([, ofStream]) => {
      const reasons = [reasonFor(ofStream, known, tagged)];
      const { policy, points } = ofStream;
      return points.map(({ recoveryPoint }) => ({
        recoveryPoint,
        policy,
        decision: 'keep' as const,
        reasons,
      }));
    });
};
