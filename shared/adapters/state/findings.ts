import pMap from 'p-map';
import type { OpenFinding } from '../../model/memory.ts';
import type { FindingChanges } from '../../ports/state-store.ts';
import { CONCURRENT_WRITES, deleteEntry, putEntry, readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'finding';

const isFinding = (content: unknown): content is OpenFinding =>
  typeof content === 'object' &&
  content !== null &&
  'id' in content &&
  typeof content.id === 'string' &&
  'openedAt' in content &&
  typeof content.openedAt === 'number';

const parse = (content: unknown): OpenFinding | undefined => (isFinding(content) ? content : undefined);

/** Given the state table, returns the open findings, sorted by id. */
export const readFindings = async (table: StateTable): Promise<readonly OpenFinding[]> => {
  const entries = await readEntries(table, PK, parse);
  return entries.map(({ content }) => content);
};

/** Given what changed, writes and forgets single findings. At the edge a failure leaves some of them written; the next run tells again. */
export const saveFindings = async (table: StateTable, { put, remove }: FindingChanges): Promise<void> => {
  const options = { concurrency: CONCURRENT_WRITES };
  await pMap(put, (finding) => putEntry(table, { pk: PK, sk: finding.id, content: finding }), options);
  await pMap(remove, (id) => deleteEntry(table, { pk: PK, sk: id }), options);
};
