import { assertNever } from '../../model/errors.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import type { RecoveryPointHold } from '../../model/recovery-point.ts';
import type { Series, SeriesPoint } from '../scene/series.ts';
import { quoted } from '../text/words.ts';
import { incarnationOf } from './counting.ts';
import { countedOf, type Judged, judgeSeries, madeAt } from './judge.ts';
import { createWording, type Wording } from './reasons.ts';
import { isLatestFilled, refusalsOf } from './refusals.ts';

/**
 * Why nothing expires that the rules would let expire: as a list, and as the reason of one
 * decision.
 */
interface Against {
  readonly because: readonly string[];
  readonly reasons: readonly string[];
}

const holdText = (hold: RecoveryPointHold): string => {
  switch (hold.kind) {
    case 'vault-lock':
      return hold.until === undefined
        ? 'its vault is locked'
        : `its vault is locked, until ${isoInstant(hold.until)}`;
    case 'legal-hold':
      return `it is under the legal hold ${quoted(hold.title)}`;
    case 'refusal':
      return `AWS Backup refused to delete it, and is asked again after ${isoInstant(hold.until)}`;
    default:
      return assertNever(hold);
  }
};

/** Whoever asks why a recovery point is there hears of a legal hold also where rules keep it. */
const withLegalHolds = (
  reasons: readonly string[],
  { recoveryPoint: { heldBy } }: SeriesPoint,
): readonly string[] => {
  if (heldBy === undefined) return reasons;
  const legal = heldBy.filter(({ kind }) => kind === 'legal-hold');
  return legal.length === 0 ? reasons : [...reasons, ...legal.map((hold) => `and ${holdText(hold)}`)];
};

/** Each property is written out: of hundreds of thousands of decisions, spread ones take half as much memory again. */
const heldBack = (
  { point: { recoveryPoint }, reasons }: Judged,
  policy: string,
  against: Against,
): RetentionDecision =>
  against.because.length === 0
    ? { recoveryPoint, policy, decision: 'expire', reasons }
    : { recoveryPoint, policy, decision: 'keep', reasons: against.reasons, heldBack: against.because };

const NOT_YET: Against = {
  because: ['the latest slot has no recovery point yet'],
  reasons: ['kept until the latest slot has its recovery point'],
};

/** Deleting it would be refused, today and at the next run, or take away what a copy is made from: it stays without being tried. */
const againstHeld = (
  { recoveryPoint: { heldBy, id } }: SeriesPoint,
  awaited: ReadonlyMap<string, readonly string[]>,
): Against | undefined => {
  if (heldBy === undefined && awaited.size === 0) return undefined;
  const because = [...(heldBy ?? []).map(holdText), ...(awaited.get(id) ?? [])];
  return because.length === 0 ? undefined : { because, reasons: because.map((why) => `held back: ${why}`) };
};

/**
 * SAFETY: while the latest slot has no recovery point yet, only that expires which would expire
 * without the newest one as well. So the history is never shorter than the rules ask for, should
 * neither of the two prove good. Undefined when the latest slot is filled.
 */
const withoutNewest = (series: Series, now: Instant, wording: Wording): ReadonlySet<string> | undefined => {
  if (isLatestFilled(series, now)) return undefined;
  const tableId = incarnationOf(series);
  const counted = countedOf(series, tableId, now);
  const newest = counted.toSorted((a, b) => madeAt(b) - madeAt(a))[0];
  const points = series.points.filter((point) => point.recoveryPoint.id !== newest?.recoveryPoint.id);
  const expiring = judgeSeries({ ...series, points }, tableId, now, wording).filter(
    ({ decision }) => decision === 'expire',
  );
  return new Set(expiring.map(({ point }) => point.recoveryPoint.id));
};

const NOTHING_AWAITED: ReadonlyMap<string, readonly string[]> = new Map();

/** What the series of a run share. */
export interface Shared {
  /** For which copies a recovery point waits, by its id. */
  readonly awaited?: ReadonlyMap<string, readonly string[]>;
  readonly wording?: Wording;
}

/**
 * SAFETY: only available points of the confirmed incarnation ever expire, never the newest of them,
 * none that a lock or a legal hold keeps, and none while any of `refusalsOf` applies. Decides on each recovery point of a series, newest
 * slot first, with every reason. One listed twice is decided once.
 */
export const decideSeries = (
  series: Series,
  now: Instant,
  { awaited = NOTHING_AWAITED, wording = createWording() }: Shared = {},
): readonly RetentionDecision[] => {
  const because = refusalsOf(series, now);
  const against = { because, reasons: because.map((refusal) => `held back: ${refusal}`) };
  const policy = series.policy.name;
  const judged = judgeSeries(series, incarnationOf(series), now, wording);
  const isFree = because.length === 0 && judged.some(({ decision }) => decision === 'expire');
  const mayGo = isFree ? withoutNewest(series, now, wording) : undefined;
  return judged.map((one) => {
    const { decision, point, reasons } = one;
    const { recoveryPoint } = point;
    if (decision === 'keep')
      return { recoveryPoint, policy, decision, reasons: withLegalHolds(reasons, point) };
    const isTooEarly = mayGo?.has(recoveryPoint.id) === false;
    return heldBack(one, policy, againstHeld(point, awaited) ?? (isTooEarly ? NOT_YET : against));
  });
};

/**
 * Whether the rules of a series would let anything expire, whichever incarnation the table turns out to be. It selects the tables worth confirming:
 * where it is false, `decideStream` expires nothing. Refusals are not considered.
 */
export const proposesExpiry = (series: Series, now: Instant): boolean =>
  [...new Set(series.points.map(({ recoveryPoint }) => recoveryPoint.tableId))].some((tableId) =>
    judgeSeries(series, tableId, now).some(({ decision }) => decision === 'expire'),
  );
