import type { Gap, Observation } from '../../model/observation.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { PlanInput } from './input.ts';

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  compareText(a.name, b.name);

const byCreation = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || compareText(a.id, b.id) || compareText(a.status, b.status);

/** Pages of a list that changes meanwhile may show one twice; the status that counts for less is then believed, which sorts later. */
const listedOnce = (points: readonly RecoveryPoint[]): readonly RecoveryPoint[] =>
  points.toSorted(byCreation).filter(({ id }, index, sorted) => id !== sorted[index + 1]?.id);

const byFacet = (a: Gap, b: Gap): number =>
  compareText(a.facet, b.facet) ||
  compareText(a.table ?? '', b.table ?? '') ||
  compareText(a.reason, b.reason);

const steadyObservation = (observation: Observation): Observation => ({
  ...observation,
  tables: observation.tables.toSorted(byName),
  ...(observation.tableNames !== undefined && { tableNames: observation.tableNames.toSorted() }),
  recoveryPoints: listedOnce(observation.recoveryPoints),
  gaps: observation.gaps.toSorted(byFacet),
});

/**
 * Given what a plan is decided from, returns the same with every list in its one order, so that no decision can hang on the order in which
 * services answered. At the edge lists that are in order already cost next to nothing.
 */
export const steadyInput = <Input extends Pick<PlanInput, 'observation' | 'openFindings' | 'policies'>>(
  input: Input,
): Input => ({
  ...input,
  policies: { ...input.policies, policies: input.policies.policies.toSorted(byName) },
  observation: steadyObservation(input.observation),
  openFindings: input.openFindings.toSorted((a, b) => compareText(a.id, b.id)),
});
