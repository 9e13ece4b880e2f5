import type { KeptTable } from '../../model/memory.ts';
import { isNumber, isText, shape } from '../../model/shape.ts';
import { changeEntries } from './changes.ts';
import { placeOf, readEntries, type StateTable } from './items.ts';

const KEPT = 'kept';

const isKept = shape<KeptTable>({ keptTable: isText, keptAt: isNumber });

/** Reads which deleted tables a person asked to keep something of, sorted by table. */
export const readKept = async (state: StateTable): Promise<readonly KeptTable[]> =>
  (await readEntries(state, placeOf(state, KEPT), isKept)).map(({ content }) => content);

/** Writes that what is left of a table stays, beside the memory: no run writes it over. */
export const keepTable = (state: StateTable, kept: KeptTable): Promise<void> =>
  changeEntries(state, { put: [{ pk: placeOf(state, KEPT), sk: kept.keptTable, content: kept }] });

/** Takes back what was asked for; nothing happens where it was not. */
export const releaseTable = (state: StateTable, table: string): Promise<void> =>
  changeEntries(state, { remove: [{ pk: placeOf(state, KEPT), sk: table }] });
