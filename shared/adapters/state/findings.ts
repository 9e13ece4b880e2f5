import type { OpenFinding } from '../../model/memory.ts';
import type { FindingChanges } from '../../ports/state-store.ts';
import { changeEntries } from './changes.ts';
import { readEntries } from './items.ts';
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
export const saveFindings = (table: StateTable, { put, remove }: FindingChanges): Promise<void> =>
  changeEntries(table, {
    put: put.map((finding) => ({ pk: PK, sk: finding.id, content: finding })),
    remove: remove.map((id) => ({ pk: PK, sk: id })),
  });
