import pMap from 'p-map';
import type {
  CoverageBaseline,
  DeferralMemory,
  DigestMemory,
  Memory,
  PitrBaseline,
} from '../../model/memory.ts';
import { CONCURRENT_WRITES, deleteEntry, type Entry, putEntry, readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'memory';
const COVERAGE = 'coverage';
const DEFERRED = 'deferred';
const DIGEST = 'digest';
const PITR_TURN = 'pitr-turn';

/** Where the next audit begins to read point-in-time recovery. */
interface PitrTurn {
  readonly pitrResumeAt: string;
}

type Content = CoverageBaseline | DeferralMemory | DigestMemory | PitrBaseline | PitrTurn;

const isPitr = (content: Content): content is PitrBaseline => 'tableId' in content;
const isCoverage = (content: Content): content is CoverageBaseline => 'seenAt' in content;
const isDeferred = (content: Content): content is DeferralMemory => 'deferredAt' in content;
const isDigest = (content: Content): content is DigestMemory => 'digestedSlot' in content;
const isTurn = (content: Content): content is PitrTurn => 'pitrResumeAt' in content;

const parse = (content: unknown): Content | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const known = content as Content;
  return [isPitr, isCoverage, isDeferred, isDigest, isTurn].some((isKind) => isKind(known))
    ? known
    : undefined;
};

const pitrEntry = (baseline: PitrBaseline): Entry<Content> => ({
  pk: PK,
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const entriesOf = ({
  coverage,
  deferred,
  digest,
  pitrBaselines,
  pitrResumeAt,
}: Memory): readonly Entry<Content>[] => [
  ...(coverage === undefined ? [] : [{ pk: PK, sk: COVERAGE, content: coverage }]),
  ...(deferred === undefined ? [] : [{ pk: PK, sk: DEFERRED, content: deferred }]),
  ...(digest === undefined ? [] : [{ pk: PK, sk: DIGEST, content: digest }]),
  ...(pitrResumeAt === undefined ? [] : [{ pk: PK, sk: PITR_TURN, content: { pitrResumeAt } }]),
  ...pitrBaselines.map(pitrEntry),
];

const textsBySk = (entries: readonly Entry<Content>[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ sk, content }) => [sk, JSON.stringify(content)]));

/** Given the state table, returns what earlier runs remembered, baselines sorted by table. */
export const readMemory = async (table: StateTable): Promise<Memory> => {
  const contents = (await readEntries(table, PK, parse)).map(({ content }) => content);
  const coverage = contents.find(isCoverage);
  const deferred = contents.find(isDeferred);
  const digest = contents.find(isDigest);
  return {
    ...(coverage !== undefined && { coverage }),
    ...(deferred !== undefined && { deferred }),
    ...(digest !== undefined && { digest }),
    pitrBaselines: contents.filter(isPitr),
    ...contents.find(isTurn),
  };
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
