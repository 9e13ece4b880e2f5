import { ofGone, shouldStay } from '../truth/gone.ts';
import type { Invariant } from './invariant.ts';

/** What is left of a deleted table stays, unless its policy ends it, its time is over, people knew, and nobody keeps it. */
export const goneStay: Invariant = (run, { gone }) => {
  const entries = ofGone(run);
  const names = [...new Set(entries.map(({ tableName }) => tableName))];
  return [
    ...entries.flatMap((entry) => {
      const why = shouldStay(entry, run, gone);
      return why === undefined
        ? []
        : [`${entry.name} of ${entry.tableName}, which is gone, was deleted although ${why}`];
    }),
    // No story has so many tables that a fifth of them is two.
    ...(names.length > 1 ? [`${names.join(' and ')} ended in one run`] : []),
  ];
};
