import { failureText } from '../../model/failure.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Gap, Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';

/** Orders texts by their characters' codes, the same in every language. */
const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** A list of recovery points in the order of their creation, each once, and the list that it was made from. */
export interface Listed {
  readonly from: readonly RecoveryPoint[];
  readonly points: readonly RecoveryPoint[];
}

const byCreation = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || compareText(a.id, b.id) || compareText(a.status, b.status);

/** Lists that were made one after the other are in order already. */
const isInOrder = (points: readonly RecoveryPoint[]): boolean => {
  let [lastAt, lastId] = [Number.NEGATIVE_INFINITY, ''];
  for (const { createdAt, id } of points) {
    if (createdAt < lastAt || id === lastId || (createdAt === lastAt && id < lastId)) return false;
    [lastAt, lastId] = [createdAt, id];
  }
  return true;
};

const inOrder = (points: readonly RecoveryPoint[]): readonly RecoveryPoint[] =>
  isInOrder(points)
    ? points
    : points.toSorted(byCreation).filter(({ id }, at, sorted) => id !== sorted[at + 1]?.id);

/**
 * Sorts recovery points, unless that was done in `before`: of hundreds of thousands it takes a while, and a run decides several times from one list.
 * Pages of a list that changes in between may show a point twice; the status that counts for less is then used, which sorts later.
 */
export const listedOnce = (points: readonly RecoveryPoint[], before?: Listed): Listed =>
  before !== undefined && (before.from === points || before.points === points)
    ? before
    : { from: points, points: inOrder(points) };

/** Returns the size of a listed recovery point by its id, looked up only where anybody asks: most accounts have no copies that are only noted. */
export const listedSizes = (
  points: () => Iterable<Pick<RecoveryPoint, 'id' | 'sizeBytes'>>,
): ((id: string) => Pick<RecoveryPoint, 'sizeBytes'>) => {
  let sizes: ReadonlyMap<string, number | undefined> | undefined;
  return (id) => {
    sizes ??= new Map(Array.from(points(), (point) => [point.id, point.sizeBytes]));
    const sizeBytes = sizes.get(id);
    return sizeBytes === undefined ? {} : { sizeBytes };
  };
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  compareText(a.name, b.name);

const byFacet = (a: Gap, b: Gap): number =>
  compareText(a.facet, b.facet) ||
  compareText(a.table ?? '', b.table ?? '') ||
  compareText(failureText(a.failure), failureText(b.failure));

const steadyObservation = (observation: Observation, { points }: Listed): Observation => ({
  ...observation,
  tables: observation.tables.toSorted(byName),
  ...(observation.tableNames !== undefined && { tableNames: observation.tableNames.toSorted() }),
  recoveryPoints: points,
  gaps: observation.gaps.toSorted(byFacet),
});

/** The lists that services gave in any order. */
interface Unordered {
  readonly policies: Policies;
  readonly observation: Observation;
  readonly openFindings: readonly OpenFinding[];
}

/**
 * Sorts every list of a plan's input, so that no decision can depend on the order in which services responded. Lists that are already sorted cost
 * almost nothing; `listed` are its recovery points, where they were sorted before.
 */
export const normalizeInput = <Input extends Unordered>(
  input: Input,
  listed: Listed = listedOnce(input.observation.recoveryPoints),
): Input => ({
  ...input,
  policies: { ...input.policies, policies: input.policies.policies.toSorted(byName) },
  observation: steadyObservation(input.observation, listed),
  openFindings: input.openFindings.toSorted((a, b) => compareText(a.id, b.id)),
});
