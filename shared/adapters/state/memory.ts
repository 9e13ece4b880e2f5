import type { CoverageBaseline, DigestMemory, Memory, PitrBaseline } from '../../model/memory.ts';
import { changeEntries } from './changes.ts';
import { type Entry, readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'memory';
const COVERAGE = 'coverage';
const DIGEST = 'digest';
const PITR_TURN = 'pitr-turn';

/** Where the next audit begins to read point-in-time recovery. */
interface PitrTurn {
  readonly pitrResumeAt: string;
}

type Content = CoverageBaseline | DigestMemory | PitrBaseline | PitrTurn;

type Unread = Readonly<Partial<Record<Keys<Content>, unknown>>>;
type Keys<Kind> = Kind extends unknown ? keyof Kind : never;

const areNumbers = (...values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'number');

const areTexts = (...values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'string');

const isPitr = (content: Content): content is PitrBaseline => {
  const { table, tableId, earliestRestorableAt, recoveryPeriodDays }: Unread = content;
  return areTexts(table, tableId) && areNumbers(earliestRestorableAt, recoveryPeriodDays);
};
const isCoverage = (content: Content): content is CoverageBaseline => {
  const { tables, seenAt }: Unread = content;
  return areNumbers(tables, seenAt);
};
const isDigest = (content: Content): content is DigestMemory => {
  const { digestedSlot, sentAt, recoveryPointBytes }: Unread = content;
  return areNumbers(digestedSlot, sentAt, recoveryPointBytes);
};
const isTurn = (content: Content): content is PitrTurn => {
  const { pitrResumeAt }: Unread = content;
  return areTexts(pitrResumeAt);
};

const parse = (content: unknown): Content | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const known = content as Content;
  return [isPitr, isCoverage, isDigest, isTurn].some((isKind) => isKind(known)) ? known : undefined;
};

const pitrEntry = (baseline: PitrBaseline): Entry<Content> => ({
  pk: PK,
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const entriesOf = ({ coverage, digest, pitrBaselines, pitrResumeAt }: Memory): readonly Entry<Content>[] => [
  ...(coverage === undefined ? [] : [{ pk: PK, sk: COVERAGE, content: coverage }]),
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
  const digest = contents.find(isDigest);
  return {
    ...(coverage !== undefined && { coverage }),
    ...(digest !== undefined && { digest }),
    pitrBaselines: contents.filter(isPitr),
    ...contents.find(isTurn),
  };
};

/** Given the memory as it was read and as it is now, writes what is new or different and deletes what is gone. Equal memories write nothing. */
export const saveMemory = async (table: StateTable, before: Memory, after: Memory): Promise<void> => {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const [wasTexts, isTexts] = [textsBySk(was), textsBySk(is)];
  await changeEntries(table, {
    put: is.filter(({ sk }) => wasTexts.get(sk) !== isTexts.get(sk)),
    remove: was.filter(({ sk }) => !isTexts.has(sk)),
  });
};
