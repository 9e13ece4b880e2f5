import type { Scene } from '../world/record.ts';
import type { Own } from './own.ts';
import type { Stream } from './streams.ts';

const isForged = ({ forged }: Scene, { backup }: Own): boolean => forged.has(backup.arn);

/**
 * What counts of a series: everything that Tablekeeper made, and of what a forger made only what takes its place: made when the schedule asked for
 * exactly that, with no other of its slot before it.
 */
export const genuine = (scene: Scene, stream: Stream): Stream => {
  const { forged } = scene;
  const oldestFirst = stream.points.toSorted((a, b) => a.backup.createdAt - b.backup.createdAt);
  const isFirst = (point: Own): boolean => oldestFirst.find(({ slot }) => slot === point.slot) === point;
  const points = stream.points.filter(
    (point) => !isForged(scene, point) || (forged.get(point.backup.arn) === 'asked-for' && isFirst(point)),
  );
  return { ...stream, points };
};

/** What a forger made in a series that nobody asked for, and which has been visible since before that moment. */
export const forgeriesIn = (scene: Scene, stream: Stream, seenSince: number): readonly Own[] => {
  const kept = new Set(genuine(scene, stream).points);
  return stream.points.filter(
    (point) =>
      isForged(scene, point) &&
      scene.forged.get(point.backup.arn) === 'not-asked-for' &&
      !kept.has(point) &&
      point.backup.availableAt <= seenSince,
  );
};
