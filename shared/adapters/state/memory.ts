import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type {
  CoverageBaseline,
  DeferralKind,
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
import {
  type Check,
  isFields,
  isFlag,
  isNumber,
  isText,
  listOf,
  oneOf,
  optional,
  shape,
} from '../../model/shape.ts';
import { changeEntries } from './changes.ts';
import { type Entry, placeOf, readEntries, type StateTable } from './items.ts';
import { type LandedDeferral, withKind } from './landed.ts';

const MEMORY = 'memory';
const COVERAGE = 'coverage';
const DEFERRED = 'deferred';
const DIGEST = 'digest';
const PITR_TURN = 'pitr-turn';
const SUBSCRIBERS = 'subscribers';

interface LandedDeferrals extends Omit<DeferralMemory, 'deferrals'> {
  readonly deferrals: readonly LandedDeferral[];
}

/** Where the next audit begins to read point-in-time recovery. */
interface PitrTurn {
  readonly pitrResumeAt: string;
}

interface Subscribers {
  readonly subscribers: readonly SubscriberMemory[];
}

/**
 * A series in few bytes: the first moment in seconds, and of each following one the difference to
 * the one before it.
 */
interface PackedSeries extends Pick<SeriesSeen, 'table' | 'tableId' | 'policy' | 'goneAt'> {
  readonly seen: readonly number[];
  readonly gone?: readonly number[];
}

type Content =
  | CoverageBaseline
  | LandedDeferrals
  | DigestMemory
  | MuteRecord
  | PackedSeries
  | PitrBaseline
  | PitrTurn
  | PolicyHistory
  | Protection
  | SeriesLoss
  | Subscribers;

/** Without its place's first half, which depends on the target. */
type Kept = Omit<Entry<Content>, 'pk'>;

const isDeferral = shape<LandedDeferral>({
  kind: optional(oneOf<DeferralKind>('throttled', 'out-of-time', 'other')),
  errorName: optional(isText),
  cause: isText,
  backups: isNumber,
  since: isNumber,
  marks: listOf(isText),
});

/** A retention that makes no sense is excluded from every decision by its own refusals. */
const isRegime = shape<Regime>({
  schedule: isText,
  timezone: isText,
  since: isNumber,
  seenAt: isNumber,
  retention: isFields,
});

const isSpell = shape<MuteSpell>({ from: isNumber, until: isNumber });
const isPromise = shape<PastPromise>({ name: isText, rpoMs: isNumber });
const isHold = shape<HoldMemory>({ liftedAt: optional(isNumber), toldAt: optional(isNumber) });

const isSubscriber = shape<SubscriberMemory>({
  protocol: isText,
  endpoint: isText,
  wasConfirmed: isFlag,
  unreachedSince: optional(isNumber),
  gone: optional(oneOf(true)),
});

const isPitr = shape<PitrBaseline>({
  table: isText,
  tableId: isText,
  earliestRestorableAt: isNumber,
  recoveryPeriodDays: isNumber,
});

const isCoverage = shape<CoverageBaseline>({ tables: isNumber, seenAt: isNumber });
const isDeferred = shape<LandedDeferrals>({ deferredAt: isNumber, deferrals: listOf(isDeferral) });
const isDigest = shape<DigestMemory>({
  digestedSlot: isNumber,
  sentAt: isNumber,
  recoveryPointBytes: isNumber,
});
const isHistory = shape<PolicyHistory>({ policy: isText, regimes: listOf(isRegime) });

const isLoss = shape<SeriesLoss>({
  table: isText,
  tableId: isText,
  policy: isText,
  madeAt: listOf(isNumber),
});

const isSeries = shape<PackedSeries>({
  table: isText,
  tableId: isText,
  policy: isText,
  seen: listOf(isNumber),
  gone: optional(listOf(isNumber)),
  goneAt: optional(isNumber),
});

const isMute = shape<MuteRecord>({
  mutedTable: isText,
  spells: listOf(isSpell),
  renewedAt: optional(isNumber),
});

const isProtection = shape<Protection>({
  table: isText,
  promises: listOf(isPromise),
  accepted: optional(listOf(isText)),
  namedBefore: optional(listOf(isText)),
  hold: optional(isHold),
});

const isTurn = shape<PitrTurn>({ pitrResumeAt: isText });
const isSubscribers = shape<Subscribers>({ subscribers: listOf(isSubscriber) });

const KINDS: readonly Check<Content>[] = [
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
];

/**
 * SAFETY: an entry of no known kind is refused, and the whole memory with it: nothing expires on a
 * memory that was read in part.
 */
const isContent = (content: unknown): content is Content => KINDS.some((isKind) => isKind(content));

const pitrEntry = (baseline: PitrBaseline): Kept => ({
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const historyEntry = (history: PolicyHistory): Kept => ({
  sk: `history#${history.policy}`,
  content: history,
});

const lossEntry = (loss: SeriesLoss): Kept => ({
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

const seriesEntry = ({ table, tableId, policy, seen, gone, goneAt }: SeriesSeen): Kept => ({
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

const protectionEntry = (protection: Protection): Kept => ({
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
}: Memory): readonly Kept[] => [
  ...(coverage === undefined ? [] : [{ sk: COVERAGE, content: coverage }]),
  ...(deferred === undefined ? [] : [{ sk: DEFERRED, content: deferred }]),
  ...(digest === undefined ? [] : [{ sk: DIGEST, content: digest }]),
  ...(pitrResumeAt === undefined ? [] : [{ sk: PITR_TURN, content: { pitrResumeAt } }]),
  ...histories.map(historyEntry),
  ...losses.map(lossEntry),
  ...(subscribers === undefined ? [] : [{ sk: SUBSCRIBERS, content: { subscribers } }]),
  ...mutes.map((record) => ({ sk: `mute#${record.mutedTable}`, content: record })),
  ...pitrBaselines.map(pitrEntry),
  ...protections.map(protectionEntry),
  ...series.map(seriesEntry),
];

const textsBySk = (entries: readonly Kept[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ sk, content }) => [sk, JSON.stringify(content)]));

const deferredOf = ({ deferrals, ...rest }: LandedDeferrals): DeferralMemory => ({
  ...rest,
  deferrals: deferrals.map(withKind),
});

/** Reads what earlier runs remembered, baselines sorted by table. */
export const readMemory = async (table: StateTable): Promise<Memory> => {
  const contents = (await readEntries(table, placeOf(table, MEMORY), isContent)).map(
    ({ content }) => content,
  );
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
    ...(deferred !== undefined && { deferred: deferredOf(deferred) }),
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

/** Writes what is new or different in the memory and deletes what is gone. Equal memories write nothing. */
export const saveMemory = async (table: StateTable, before: Memory, after: Memory): Promise<void> => {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const [wasTexts, isTexts] = [textsBySk(was), textsBySk(is)];
  const pk = placeOf(table, MEMORY);
  const placed = (one: Kept): Entry<Content> => ({ pk, ...one });
  await changeEntries(table, {
    put: is.filter(({ sk }) => wasTexts.get(sk) !== isTexts.get(sk)).map(placed),
    remove: was.filter(({ sk }) => !isTexts.has(sk)).map(placed),
  });
};
