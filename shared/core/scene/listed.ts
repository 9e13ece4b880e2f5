import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { compareText } from './compare.ts';

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
