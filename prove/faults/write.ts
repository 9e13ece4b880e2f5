import { writeFileSync } from 'node:fs';
import { faultsTable } from './table-text.ts';

/** Writes docs/faults.md. */
export const writeFaultsTable = async (): Promise<true> => {
  writeFileSync(new URL('../../docs/faults.md', import.meta.url), await faultsTable());
  return true;
};
