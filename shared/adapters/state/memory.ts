import type {
  CoverageBaseline,
  Deferral,
  DeferralMemory,
  DigestMemory,
  Memory,
  PitrBaseline,
  SubscriberMemory,
} from '../../model/memory.ts';
import { changeEntries } from './changes.ts';
import { type Entry, readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'memory';
const COVERAGE = 'coverage';
const DEFERRED = 'deferred';
const DIGEST = 'digest';
const PITR_TURN = 'pitr-turn';
const SUBSCRIBERS = 'subscribers';

/** Where the next audit begins to read point-in-time recovery. */
interface PitrTurn {
  readonly pitrResumeAt: string;
}

interface Subscribers {
  readonly subscribers: readonly SubscriberMemory[];
}

type Content = CoverageBaseline | DeferralMemory | DigestMemory | PitrBaseline | PitrTurn | Subscribers;

type Unread = Readonly<Partial<Record<Keys<Content>, unknown>>>;
type Keys<Kind> = Kind extends unknown ? keyof Kind : never;

const areNumbers = (...values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'number');

const areTexts = (...values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'string');

const isDeferral = (one: unknown): boolean => {
  if (typeof one !== 'object' || one === null) return false;
  const { cause, backups, since, marks }: Readonly<Partial<Record<keyof Deferral, unknown>>> = one;
  return areTexts(cause) && areNumbers(backups, since) && Array.isArray(marks) && areTexts(...marks);
};

const isPitr = (content: Content): content is PitrBaseline => {
  const { table, tableId, earliestRestorableAt, recoveryPeriodDays }: Unread = content;
  return areTexts(table, tableId) && areNumbers(earliestRestorableAt, recoveryPeriodDays);
};
const isCoverage = (content: Content): content is CoverageBaseline => {
  const { tables, seenAt }: Unread = content;
  return areNumbers(tables, seenAt);
};
const isDeferred = (content: Content): content is DeferralMemory => {
  const { deferredAt, deferrals }: Unread = content;
  return areNumbers(deferredAt) && Array.isArray(deferrals) && deferrals.every(isDeferral);
};
const isDigest = (content: Content): content is DigestMemory => {
  const { digestedSlot, sentAt, recoveryPointBytes }: Unread = content;
  return areNumbers(digestedSlot, sentAt, recoveryPointBytes);
};
const isTurn = (content: Content): content is PitrTurn => {
  const { pitrResumeAt }: Unread = content;
  return areTexts(pitrResumeAt);
};

const isSubscriber = (one: unknown): boolean => {
  if (typeof one !== 'object' || one === null) return false;
  const known: Readonly<Partial<Record<keyof SubscriberMemory, unknown>>> = one;
  const { endpoint, gone, protocol, unreachedSince, wasConfirmed } = known;
  const isWhole = areTexts(protocol, endpoint) && typeof wasConfirmed === 'boolean';
  const isSince = unreachedSince === undefined || areNumbers(unreachedSince);
  return isWhole && isSince && (gone === undefined || gone === true);
};
const isSubscribers = (content: Content): content is Subscribers => {
  const { subscribers }: Unread = content;
  return Array.isArray(subscribers) && subscribers.every(isSubscriber);
};

const parse = (content: unknown): Content | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const known = content as Content;
  return [isPitr, isCoverage, isDeferred, isDigest, isTurn, isSubscribers].some((isKind) => isKind(known))
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
  subscribers,
}: Memory): readonly Entry<Content>[] => [
  ...(coverage === undefined ? [] : [{ pk: PK, sk: COVERAGE, content: coverage }]),
  ...(deferred === undefined ? [] : [{ pk: PK, sk: DEFERRED, content: deferred }]),
  ...(digest === undefined ? [] : [{ pk: PK, sk: DIGEST, content: digest }]),
  ...(pitrResumeAt === undefined ? [] : [{ pk: PK, sk: PITR_TURN, content: { pitrResumeAt } }]),
  ...(subscribers === undefined ? [] : [{ pk: PK, sk: SUBSCRIBERS, content: { subscribers } }]),
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
    ...contents.find(isSubscribers),
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
