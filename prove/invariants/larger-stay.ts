import { keptOfShrunk } from '../truth/shrunk.ts';
import { nowOf, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** A table that was emptied keeps its good recovery points for 35 days: no run replaces them by empty ones, whether or not anybody was alerted. */
export const largerStay: Invariant = (run: RunRecord) => {
  if (run.deleted.length === 0) return [];
  const [before, later] = [run.before, run.later].map((scene) => keptOfShrunk(scene, nowOf(run)));
  return run.deleted
    .filter(({ arn }) => before?.has(arn) === true && later?.has(arn) === true)
    .map(({ name, tableName }) => `${name} of ${tableName} was deleted, and the table has shrunk since`);
};
