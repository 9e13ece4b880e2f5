import type { HintNote, HintNotes } from '../../ports/hint-notes.ts';
import { changeEntries } from './changes.ts';
import { readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'hint';

/** Windows have as many digits as each other until the year 2286, so texts sort as times do. */
const skOf = ({ table, window }: Pick<HintNote, 'table' | 'window'>): string => `${window}#${table}`;

const parse = (content: unknown): HintNote | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const { table, window, byTrail = false } = content as Partial<HintNote>;
  return typeof table === 'string' && typeof window === 'number' ? { table, window, byTrail } : undefined;
};

/** Given the state table, returns the notes in it. */
export const createHintNotes = (state: StateTable): HintNotes => ({
  add: (note) => changeEntries(state, { put: [{ pk: PK, sk: skOf(note), content: note }] }),
  read: async () => (await readEntries(state, PK, parse)).map(({ content }) => content),
  remove: (notes) => changeEntries(state, { remove: notes.map((note) => ({ pk: PK, sk: skOf(note) })) }),
});
