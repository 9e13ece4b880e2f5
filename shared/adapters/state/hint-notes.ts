import { isNumber, isText, shape } from '../../model/shape.ts';
import type { HintNote, HintNotes } from '../../ports/notes.ts';
import { changeEntries } from './changes.ts';
import { placeOf, readEntries, type StateTable } from './items.ts';

const HINTS = 'hint';

/** Windows have as many digits as each other until the year 2286, so texts sort as times do. */
const skOf = ({ table, window }: Pick<HintNote, 'table' | 'window'>): string => `${window}#${table}`;

/** A note of an older version does not have a source: it was the tagging service. */
type WrittenNote = Omit<HintNote, 'byTrail'> & Partial<Pick<HintNote, 'byTrail'>>;

const isNote = shape<WrittenNote>({ table: isText, window: isNumber });

const noteOf = ({ table, window, byTrail = false }: WrittenNote): HintNote => ({ table, window, byTrail });

/** Creates the notes of hints in a state table. */
export const createHintNotes = (state: StateTable): HintNotes => {
  const pk = placeOf(state, HINTS);
  return {
    add: (note) => changeEntries(state, { put: [{ pk, sk: skOf(note), content: note }] }),
    read: async () => (await readEntries(state, pk, isNote)).map(({ content }) => noteOf(content)),
    remove: (notes) => changeEntries(state, { remove: notes.map((note) => ({ pk, sk: skOf(note) })) }),
  };
};

/**
 * SAFETY: leaves the notes of others: a hint that sends no alerts must not look at a table in place of one that does. Returns notes that only this
 * process reads.
 */
export const ownHintNotes = (): HintNotes => {
  let notes: readonly HintNote[] = [];
  return {
    add: async (note) => {
      notes = [...notes, note];
    },
    read: async () => notes,
    remove: async (done) => {
      notes = notes.filter((note) => !done.includes(note));
    },
  };
};
