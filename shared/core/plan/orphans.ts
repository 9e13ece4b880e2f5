import type { RetentionDecision } from '../../model/plan.ts';
import { type OwnedRecoveryPoints, seriesKey } from '../scene/own-points.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { goneDecisions } from './gone-decisions.ts';

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

const EARLIER: readonly string[] = ['it is of an earlier table of this name'];

/** Which table has a name now, where a run asked. */
const idsOf = (
  { governed }: Pick<Scene, 'governed'>,
  { observation: { formerTables = [] } }: Pick<PlanInput, 'observation'>,
): ReadonlyMap<string, string> =>
  new Map(
    [...formerTables, ...governed.map(({ table }) => table)].flatMap(({ details, name }) =>
      details === undefined ? [] : [[name, details.tableId] as const],
    ),
  );

/**
 * SAFETY: nothing here expires but what a policy ends some time after its table was deleted; otherwise a finding asks a person to decide. Keeps every
 * recovery point that belongs to no series: its policy is gone or no longer governs the table, or the table is gone.
 */
export const leftoversOf = (scene: Scene, input: PlanInput): readonly RetentionDecision[] => {
  const { governed, own, allSeries } = scene;
  const decided = new Set(allSeries.map(({ table, policy }) => seriesKey(table, policy.name)));
  const tagged = new Set(governed.map(({ table }) => table.name));
  const known = new Set(input.policies.policies.map(({ name }) => name));
  const ids = idsOf(scene, input);
  const ofGone = scene.concerns.goneTables ? goneDecisions(scene, input) : () => undefined;
  return [...own]
    .filter(([key]) => !decided.has(key))
    .flatMap(([, ofSeries]) => {
      const { policy, points, table } = ofSeries;
      const reasons = [reasonFor(ofSeries, known, tagged)];
      const id = ids.get(table);
      const kept = points.map(({ recoveryPoint }) => ({
        recoveryPoint,
        policy,
        decision: 'keep' as const,
        reasons: id === undefined || id === recoveryPoint.tableId ? reasons : EARLIER,
      }));
      return ofGone(ofSeries) ?? kept;
    });
};
