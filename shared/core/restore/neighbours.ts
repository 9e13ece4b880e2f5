import type { Instant } from '../../model/instant.ts';
import type { Target } from '../../model/target.ts';
import type { Neighbour, Neighbours } from './choice.ts';
import type { Incarnation } from './incarnations.ts';
import { isRestorable, type PointOption, secondOf } from './point-option.ts';

/**
 * How soon and how cheaply a recovery point comes back, the less the better: DynamoDB's own, then warm ones in a vault, then cold ones; of each those of
 * this Region before others; last what AWS Backup is about to delete.
 */
export const effortOf = ({ vault, status }: PointOption, { region }: Target): number => {
  if (vault === undefined) return 0;
  const tier = vault.isCold === true ? 3 : 1;
  return tier + (vault.target.region === region ? 0 : 1) + (status === 'expired' ? 10 : 0);
};

/** Which comes first: the later second, then the lesser effort, then the later one within the second. */
const compare = (a: PointOption, b: PointOption, target: Target): number =>
  secondOf(b.createdAt) - secondOf(a.createdAt) ||
  effortOf(a, target) - effortOf(b, target) ||
  b.createdAt - a.createdAt ||
  (a.id < b.id ? 1 : -1);

/** Finds the newest recovery point at or before a second; of several in one second the one that comes back with the least effort. */
export const nearestPoint = (
  points: readonly PointOption[],
  second: Instant,
  target: Target,
): PointOption | undefined =>
  points
    .filter(({ createdAt }) => secondOf(createdAt) <= second)
    .toSorted((a, b) => compare(a, b, target))[0];

/** Lists the others of the second of a recovery point, such as its copies: what any of them gives is the same. */
export const othersOfSecond = (
  points: readonly PointOption[],
  { id, createdAt }: Pick<PointOption, 'id' | 'createdAt'>,
): readonly PointOption[] =>
  points.filter((one) => one.id !== id && secondOf(one.createdAt) === secondOf(createdAt));

/** The ends of a window are as near as it comes to a second outside of it. */
const atWindow = (
  { tableId, window }: Incarnation,
  second: Instant,
): readonly Omit<Neighbour, 'distanceMs'>[] => {
  if (window === undefined || (window.from <= second && second <= window.to)) return [];
  return [{ tableId, at: second < window.from ? window.from : window.to }];
};

const optionsOf = (incarnation: Incarnation, second: Instant, now: Instant): readonly Neighbour[] =>
  [
    ...atWindow(incarnation, second),
    ...incarnation.points
      .filter((point) => isRestorable(point, now))
      .map((point) => ({ tableId: incarnation.tableId, at: secondOf(point.createdAt), point })),
  ].map((option) => ({ ...option, distanceMs: Math.abs(second - option.at) }));

const effort = ({ point }: Neighbour, target: Target): number =>
  point === undefined ? -1 : effortOf(point, target);

const closest = (options: readonly Neighbour[], target: Target): Neighbour | undefined =>
  options.toSorted((a, b) => a.distanceMs - b.distanceMs || effort(a, target) - effort(b, target))[0];

/** Finds what lies nearest to a second in some incarnations, whoever made it: at or before it, and after it. */
export const neighboursOf = (
  incarnations: readonly Incarnation[],
  second: Instant,
  { now, target }: { readonly now: Instant; readonly target: Target },
): Neighbours => {
  const options = incarnations.flatMap((incarnation) => optionsOf(incarnation, second, now));
  const before = closest(
    options.filter(({ at }) => at <= second),
    target,
  );
  const after = closest(
    options.filter(({ at }) => at > second),
    target,
  );
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
};
