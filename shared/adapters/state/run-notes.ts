import type { NotedRun } from '../../model/noted-run.ts';
import { isFlag, isNumber, isText, shape } from '../../model/shape.ts';
import type { RunNotes } from '../../ports/notes.ts';
import { changeEntries } from './changes.ts';
import { placeOf, readEntries, type StateTable } from './items.ts';

const RUNS = 'run';

const isNote = shape<NotedRun>({ name: isText, at: isNumber, whole: isFlag, policiesDigest: isText });

/** Policies that are no object are left out: only a person's plan reads them, and it goes by their digest. */
const runOf = ({ name, at, whole, policiesDigest, policies }: NotedRun): NotedRun => ({
  name,
  at,
  whole,
  policiesDigest,
  ...(typeof policies === 'object' && policies !== null && { policies }),
});

/** Creates the notes of runs in a state table. */
export const createRunNotes = (state: StateTable): RunNotes => {
  const pk = placeOf(state, RUNS);
  return {
    write: (run) => changeEntries(state, { put: [{ pk, sk: run.name, content: run }] }),
    read: async () => (await readEntries(state, pk, isNote)).map(({ content }) => runOf(content)),
  };
};
