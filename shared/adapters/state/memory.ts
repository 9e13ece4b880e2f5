import pMap from 'p-map';
import type { CoverageBaseline, Memory, PitrBaseline } from '../../model/memory.ts';
import { CONCURRENT_WRITES, deleteEntry, type Entry, putEntry, readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'memory';
const COVERAGE = 'coverage';

type Content = CoverageBaseline | PitrBaseline;

const isPitr = (content: Content): content is PitrBaseline => 'table' in content;

const parse = (content: unknown): Content | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  return 'tableId' in content || 'seenAt' in content ? (content as Content) : undefined;
};

const pitrEntry = (baseline: PitrBaseline): Entry<Content> => ({
  pk: PK,
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const entriesOf = ({ coverage, pitrBaselines }: Memory): readonly Entry<Content>[] => [
  ...(coverage === undefined ? [] : [{ pk: PK, sk: COVERAGE, content: coverage }]),
  ...pitrBaselines.map(pitrEntry),
];

const textsBySk = (entries: readonly Entry<Content>[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ sk, content }) => [sk, JSON.stringify(content)]));

/** Given the state table, returns what earlier runs remembered, baselines sorted by table. */
export const readMemory = async (table: StateTable): Promise<Memory> => {
  const contents = (await readEntries(table, PK, parse)).map(({ content }) => content);
  const coverage = contents.find((content) => !isPitr(content)) as CoverageBaseline | undefined;
  return { ...(coverage !== undefined && { coverage }), pitrBaselines: contents.filter(isPitr) };
};

/** Given the memory as it was read and as it is now, writes what is new or different and deletes what is gone. Equal memories write nothing. */
export const saveMemory = async (table: StateTable, before: Memory, after: Memory): Promise<void> => {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const [wasTexts, isTexts] = [textsBySk(was), textsBySk(is)];
  const options = { concurrency: CONCURRENT_WRITES };
  const different = is.filter(({ sk }) => wasTexts.get(sk) !== isTexts.get(sk));
  await pMap(different, (entry) => putEntry(table, entry), options);
  const gone = was.filter(({ sk }) => !isTexts.has(sk));
  await pMap(gone, (entry) => deleteEntry(table, entry), options);
};
