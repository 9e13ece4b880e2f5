import type { Scene } from '../world/record.ts';
import type { Series } from './all-series.ts';
import type { Own } from './own.ts';

const isForged = ({ forged }: Scene, { backup }: Own): boolean => forged.has(backup.arn);

/**
 * What counts of a series: everything that Tablekeeper made, and of what a forger made only what takes its place: made when the schedule asked for
 * exactly that, with no other of its slot before it.
 */
export const genuine = (scene: Scene, series: Series): Series => {
  const { forged } = scene;
  const oldestFirst = series.points.toSorted((a, b) => a.backup.createdAt - b.backup.createdAt);
  const isFirst = (point: Own): boolean => oldestFirst.find(({ slot }) => slot === point.slot) === point;
  const points = series.points.filter(
    (point) => !isForged(scene, point) || (forged.get(point.backup.arn) === 'asked-for' && isFirst(point)),
  );
  return { ...series, points };
};

/** What a forger made in a series that nobody asked for, and which has been visible since before that moment. */
export const forgeriesIn = (scene: Scene, series: Series, seenSince: number): readonly Own[] => {
  const kept = new Set(genuine(scene, series).points);
  return series.points.filter(
    (point) =>
      isForged(scene, point) &&
      scene.forged.get(point.backup.arn) === 'not-asked-for' &&
      !kept.has(point) &&
      point.backup.availableAt <= seenSince,
  );
};
