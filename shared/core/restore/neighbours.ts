import type { Instant } from '../../model/instant.ts';
import type { Target } from '../../model/target.ts';
import type { Neighbour, Neighbours } from './choice.ts';
import type { Incarnation } from './incarnations.ts';
import { effortOf } from './nearest-point.ts';
import { isRestorable, secondOf } from './point-option.ts';

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
