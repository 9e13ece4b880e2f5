import type {
  CopiesAsked,
  CoverageBaseline,
  DeferralKind,
  DeferralMemory,
  DeletedOfGone,
  DigestMemory,
  DrillsAsked,
  GoneTable,
  HoldMemory,
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
import type { VaultRecord } from '../../model/vault-record.ts';
import type { LandedDeferral } from './landed.ts';
import { isVaultRecord } from './vault-record-content.ts';

export interface LandedDeferrals extends Omit<DeferralMemory, 'deferrals'> {
  readonly deferrals: readonly LandedDeferral[];
}

/** Where the next audit begins to read point-in-time recovery. */
export interface PitrTurn {
  readonly pitrResumeAt: string;
}

/** When an audit last read everything that shows which tables are gone. */
export interface GoneLook {
  readonly goneLookedAt: number;
}

export interface Subscribers {
  readonly subscribers: readonly SubscriberMemory[];
}

/**
 * A series in few bytes: the first moment in seconds, and of each following one the difference to
 * the one before it.
 */
export interface PackedSeries extends Pick<SeriesSeen, 'table' | 'tableId' | 'policy' | 'goneAt'> {
  readonly seen: readonly number[];
  readonly gone?: readonly number[];
}

export type Content =
  | LandedCopiesAsked
  | CoverageBaseline
  | LandedDeferrals
  | DigestMemory
  | GoneLook
  | GoneTable
  | LandedDrills
  | MuteRecord
  | PackedSeries
  | PitrBaseline
  | PitrTurn
  | PolicyHistory
  | Protection
  | SeriesLoss
  | Subscribers
  | VaultRecord;

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
const isPromise = shape<PastPromise>({
  name: isText,
  rpoMs: isNumber,
  drillsSince: optional(isNumber),
  governedSince: optional(isNumber),
});
const isHold = shape<HoldMemory>({ liftedAt: optional(isNumber), toldAt: optional(isNumber) });

const isSubscriber = shape<SubscriberMemory>({
  protocol: isText,
  endpoint: isText,
  wasConfirmed: isFlag,
  unreachedSince: optional(isNumber),
  gone: optional(oneOf(true)),
});

export const isPitr = shape<PitrBaseline>({
  table: isText,
  tableId: isText,
  earliestRestorableAt: isNumber,
  recoveryPeriodDays: isNumber,
});

export const isCoverage = shape<CoverageBaseline>({ tables: isNumber, seenAt: isNumber });
export const isDeferred = shape<LandedDeferrals>({ deferredAt: isNumber, deferrals: listOf(isDeferral) });
export const isDigest = shape<DigestMemory>({
  digestedSlot: isNumber,
  sentAt: isNumber,
  recoveryPointBytes: isNumber,
});
export const isHistory = shape<PolicyHistory>({ policy: isText, regimes: listOf(isRegime) });

export const isLoss = shape<SeriesLoss>({
  table: isText,
  tableId: isText,
  policy: isText,
  madeAt: listOf(isNumber),
});

export const isSeries = shape<PackedSeries>({
  table: isText,
  tableId: isText,
  policy: isText,
  seen: listOf(isNumber),
  gone: optional(listOf(isNumber)),
  goneAt: optional(isNumber),
});

export const isMute = shape<MuteRecord>({
  mutedTable: isText,
  spells: listOf(isSpell),
  renewedAt: optional(isNumber),
});

export const isProtection = shape<Protection>({
  table: isText,
  promises: listOf(isPromise),
  accepted: optional(listOf(isText)),
  namedBefore: optional(listOf(isText)),
  hold: optional(isHold),
});

/** SAFETY: a record that is not plainly one is refused, and the memory with it: nothing expires. */
export const isGone = shape<GoneTable>({
  goneTable: isText,
  tableId: isText,
  policies: listOf(isText),
  since: isNumber,
  held: optional(oneOf(true)),
  notBefore: optional(isNumber),
  paused: optional(oneOf(true)),
  deleted: optional(shape<DeletedOfGone>({ points: isNumber, at: isNumber })),
  toldAt: optional(isNumber),
  dueAt: optional(isNumber),
  endedAt: optional(isNumber),
});
export const isGoneLook = shape<GoneLook>({ goneLookedAt: isNumber });

export const isTurn = shape<PitrTurn>({ pitrResumeAt: isText });
/** Since when policies ask for drills: one item. */
export interface LandedDrills {
  readonly drillsAsked: readonly DrillsAsked[];
}
export const isDrillsAsked = shape<LandedDrills>({
  drillsAsked: listOf(shape<DrillsAsked>({ policy: isText, since: isNumber })),
});
/** Since when policies name vaults to copy to: one item. */
export interface LandedCopiesAsked {
  readonly copiesAsked: readonly CopiesAsked[];
}
export const isCopiesAsked = shape<LandedCopiesAsked>({
  copiesAsked: listOf(shape<CopiesAsked>({ policy: isText, vault: isText, since: isNumber })),
});
export const isSubscribers = shape<Subscribers>({ subscribers: listOf(isSubscriber) });

/** Those that there is one of for each table come first. */
const KINDS: readonly Check<Content>[] = [
  isSeries,
  isProtection,
  isPitr,
  isVaultRecord,
  isCoverage,
  isDeferred,
  isDigest,
  isMute,
  isTurn,
  isHistory,
  isLoss,
  isSubscribers,
  isDrillsAsked,
  isCopiesAsked,
  isGone,
  isGoneLook,
];

/**
 * SAFETY: an entry of no known kind is refused, and the whole memory with it: nothing expires on a
 * memory that was read in part.
 */
export const isContent = (content: unknown): content is Content => KINDS.some((isKind) => isKind(content));
