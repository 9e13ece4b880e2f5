import type { Invariant } from './invariant.ts';

/** Only where a person deleted a recovery point of a table is one reported as gone: what a run deletes by its rules, killed or not, never is. */
export const onlyTakenVanishes: Invariant = ({ report }, { takenTables }) => {
  return (report?.openFindings ?? [])
    .filter(({ kind, table }) => kind === 'recovery-points-vanished' && !takenTables.has(table ?? ''))
    .map(({ id }) => `${id} is open, and nobody deleted any`);
};
