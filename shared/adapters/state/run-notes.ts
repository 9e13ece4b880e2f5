import type { NotedRun } from '../../model/noted-run.ts';
import type { RunNotes } from '../../ports/run-notes.ts';
import { changeEntries } from './changes.ts';
import { readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'run';

const parse = (content: unknown): NotedRun | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const { name, at, whole, policiesDigest, policies } = content as Partial<NotedRun>;
  return typeof name === 'string' &&
    typeof at === 'number' &&
    typeof whole === 'boolean' &&
    typeof policiesDigest === 'string'
    ? {
        name,
        at,
        whole,
        policiesDigest,
        ...(typeof policies === 'object' && policies !== null && { policies }),
      }
    : undefined;
};

/** Given the state table, returns the notes of runs in it. */
export const createRunNotes = (state: StateTable): RunNotes => ({
  write: (run) => changeEntries(state, { put: [{ pk: PK, sk: run.name, content: run }] }),
  read: async () => (await readEntries(state, PK, parse)).map(({ content }) => content),
});
