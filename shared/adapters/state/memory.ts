import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type {
  CoverageBaseline,
  Deferral,
  DeferralMemory,
  DigestMemory,
  HoldMemory,
  Memory,
  MuteRecord,
  MuteSpell,
  PastPromise,
  PitrBaseline,
  PolicyHistory,
  Protection,
  Regime,
  SeriesLoss,
  SeriesSeen,
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

/** A series in few bytes: the first moment in seconds, and of each other one how much later than the one before it is. */
interface PackedSeries extends Pick<SeriesSeen, 'table' | 'tableId' | 'policy' | 'goneAt'> {
  readonly seen: readonly number[];
  readonly gone?: readonly number[];
}

type Content =
  | CoverageBaseline
  | DeferralMemory
  | DigestMemory
  | MuteRecord
  | PackedSeries
  | PitrBaseline
  | PitrTurn
  | PolicyHistory
  | Protection
  | SeriesLoss
  | Subscribers;

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

const isRecord = (one: unknown): one is Readonly<Record<string, unknown>> =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** What of it makes no sense, the retention's own refusals keep away from every decision. */
const isRegime = (one: unknown): boolean => {
  if (!isRecord(one)) return false;
  const { schedule, timezone, retention, since, seenAt }: Readonly<Partial<Record<keyof Regime, unknown>>> =
    one;
  return areTexts(schedule, timezone) && areNumbers(since, seenAt) && isRecord(retention);
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
const isHistory = (content: Content): content is PolicyHistory => {
  const { policy, regimes }: Unread = content;
  return areTexts(policy) && Array.isArray(regimes) && regimes.every(isRegime);
};
const isLoss = (content: Content): content is SeriesLoss => {
  const { table, tableId, policy, madeAt }: Unread = content;
  return areTexts(table, tableId, policy) && Array.isArray(madeAt) && areNumbers(...madeAt);
};
const isSeries = (content: Content): content is PackedSeries => {
  const { table, tableId, policy, seen, gone = [], goneAt = 0 }: Unread = content;
  if (!Array.isArray(seen) || !Array.isArray(gone)) return false;
  return areTexts(table, tableId, policy) && areNumbers(...seen, ...gone, goneAt);
};
const isSpell = (one: unknown): boolean => {
  if (typeof one !== 'object' || one === null) return false;
  const { from, until }: Readonly<Partial<Record<keyof MuteSpell, unknown>>> = one;
  return areNumbers(from, until);
};
const isMute = (content: Content): content is MuteRecord => {
  const { mutedTable, spells, renewedAt }: Unread = content;
  if (!areTexts(mutedTable) || !Array.isArray(spells) || !spells.every(isSpell)) return false;
  return renewedAt === undefined || areNumbers(renewedAt);
};
const isPromise = (one: unknown): boolean => {
  if (typeof one !== 'object' || one === null) return false;
  const { name, rpoMs }: Readonly<Partial<Record<keyof PastPromise, unknown>>> = one;
  return areTexts(name) && areNumbers(rpoMs);
};
const isHold = (one: unknown): boolean => {
  if (!isRecord(one)) return false;
  const known: Readonly<Partial<Record<keyof HoldMemory, unknown>>> = one;
  return [known.liftedAt, known.toldAt].every((at) => at === undefined || areNumbers(at));
};
const isProtection = (content: Content): content is Protection => {
  const { table, promises, accepted = [], namedBefore = [], hold = {} }: Unread = content;
  const areNames = [accepted, namedBefore].every((names) => Array.isArray(names) && areTexts(...names));
  return areTexts(table) && Array.isArray(promises) && promises.every(isPromise) && areNames && isHold(hold);
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
  return [
    isPitr,
    isCoverage,
    isDeferred,
    isDigest,
    isMute,
    isTurn,
    isHistory,
    isLoss,
    isProtection,
    isSeries,
    isSubscribers,
  ].some((isKind) => isKind(known))
    ? known
    : undefined;
};

const pitrEntry = (baseline: PitrBaseline): Entry<Content> => ({
  pk: PK,
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const historyEntry = (history: PolicyHistory): Entry<Content> => ({
  pk: PK,
  sk: `history#${history.policy}`,
  content: history,
});

const lossEntry = (loss: SeriesLoss): Entry<Content> => ({
  pk: PK,
  sk: `loss#${loss.table}#${loss.policy}`,
  content: loss,
});

const packed = (moments: readonly Instant[]): readonly number[] =>
  moments.map((at, index) => (at - (moments[index - 1] ?? 0)) / SECOND_MS);

const unpacked = (steps: readonly number[]): readonly Instant[] => {
  let at = 0;
  return steps.map((step) => {
    at += step * SECOND_MS;
    return at;
  });
};

const seriesEntry = ({ table, tableId, policy, seen, gone, goneAt }: SeriesSeen): Entry<Content> => ({
  pk: PK,
  sk: `series#${table}#${policy}`,
  content: {
    table,
    tableId,
    policy,
    seen: packed(seen),
    ...(gone !== undefined && { gone: packed(gone) }),
    ...(goneAt !== undefined && { goneAt }),
  },
});

const seriesOf = ({ seen, gone, ...packedSeries }: PackedSeries): SeriesSeen => ({
  ...packedSeries,
  seen: unpacked(seen),
  ...(gone !== undefined && { gone: unpacked(gone) }),
});

const protectionEntry = (protection: Protection): Entry<Content> => ({
  pk: PK,
  sk: `protected#${protection.table}`,
  content: protection,
});

const entriesOf = ({
  coverage,
  deferred,
  digest,
  histories = [],
  losses = [],
  mutes = [],
  pitrBaselines,
  pitrResumeAt,
  subscribers,
  protections = [],
  series = [],
}: Memory): readonly Entry<Content>[] => [
  ...(coverage === undefined ? [] : [{ pk: PK, sk: COVERAGE, content: coverage }]),
  ...(deferred === undefined ? [] : [{ pk: PK, sk: DEFERRED, content: deferred }]),
  ...(digest === undefined ? [] : [{ pk: PK, sk: DIGEST, content: digest }]),
  ...(pitrResumeAt === undefined ? [] : [{ pk: PK, sk: PITR_TURN, content: { pitrResumeAt } }]),
  ...histories.map(historyEntry),
  ...losses.map(lossEntry),
  ...(subscribers === undefined ? [] : [{ pk: PK, sk: SUBSCRIBERS, content: { subscribers } }]),
  ...mutes.map((record) => ({ pk: PK, sk: `mute#${record.mutedTable}`, content: record })),
  ...pitrBaselines.map(pitrEntry),
  ...protections.map(protectionEntry),
  ...series.map(seriesEntry),
];

const textsBySk = (entries: readonly Entry<Content>[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ sk, content }) => [sk, JSON.stringify(content)]));

/** Given the state table, returns what earlier runs remembered, baselines sorted by table. */
export const readMemory = async (table: StateTable): Promise<Memory> => {
  const contents = (await readEntries(table, PK, parse)).map(({ content }) => content);
  const coverage = contents.find(isCoverage);
  const deferred = contents.find(isDeferred);
  const digest = contents.find(isDigest);
  const histories = contents.filter(isHistory);
  const losses = contents.filter(isLoss);
  const mutes = contents.filter(isMute);
  const protections = contents.filter(isProtection);
  const series = contents.filter(isSeries).map(seriesOf);
  return {
    ...(coverage !== undefined && { coverage }),
    ...(deferred !== undefined && { deferred }),
    ...(digest !== undefined && { digest }),
    ...(histories.length > 0 && { histories }),
    ...(losses.length > 0 && { losses }),
    ...(mutes.length > 0 && { mutes }),
    ...(protections.length > 0 && { protections }),
    ...(series.length > 0 && { series }),
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
