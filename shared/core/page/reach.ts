import type { Instant } from '../../model/instant.ts';
import type { Restorable } from '../explain/restorable.ts';

const timesOf = ({ places }: Restorable): readonly Instant[] =>
  places.flatMap(({ points }) => points.flatMap(({ at, isOfEarlier }) => (isOfEarlier ? [] : [at])));

/** Returns the newest moment that a table can come back to; undefined where there is none. */
export const newestOf = (restorable: Restorable): Instant | undefined => {
  const { state, to } = restorable.pitr;
  const times = [...timesOf(restorable), ...(state === 'on' && to !== undefined ? [to] : [])];
  return times.length === 0 ? undefined : times.reduce((most, at) => Math.max(most, at));
};

/** Returns the oldest one. */
export const oldestOf = (restorable: Restorable): Instant | undefined => {
  const { state, from } = restorable.pitr;
  const times = [...timesOf(restorable), ...(state === 'on' && from !== undefined ? [from] : [])];
  return times.length === 0 ? undefined : times.reduce((least, at) => Math.min(least, at));
};
