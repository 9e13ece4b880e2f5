import { assertNever } from '../../model/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import type { Period } from '../calendar/calendar.ts';
import type { ShownPeriod } from '../calendar/hour.ts';
import type { WallTime } from '../calendar/zone.ts';

const isoPart = (wall: WallTime, length: number): string => new Date(wall).toISOString().slice(0, length);

/** Monday is the first day of an ISO week; the epoch's day 0 was a Thursday. */
const thursdayOf = (wall: WallTime): number => Math.floor((Math.floor(wall / DAY_MS) + 3) / 7) * 7;

/** An ISO week belongs to the year of its Thursday. */
const weekLabel = (wall: WallTime): string => {
  const thursday = thursdayOf(wall);
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};

const LABELS: Readonly<Record<Period, (wall: WallTime) => string>> = {
  hourly: (wall) => `${isoPart(Math.floor(wall / HOUR_MS) * HOUR_MS, 13).replace('T', ' ')}h`,
  daily: (wall) => isoPart(wall, 10),
  weekly: weekLabel,
  monthly: (wall) => isoPart(wall, 7),
  yearly: (wall) => isoPart(wall, 4),
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const offsetText = (offsetMs: number): string => {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return ` UTC${offsetMs < 0 ? '-' : '+'}${clock}`;
};

/**
 * Formats a period as people write it: `2026-11-23 14h`, `2026-11-23`, `2026-W48`, `2026-11` or
 * `2026`. The first days of January may be in the last week of the year before; an hour whose label
 * occurs twice is shown with its offset: `2026-10-25 02h UTC+02:00`.
 */
export const periodLabel = (period: Period, { wall, offsetMs }: Omit<ShownPeriod, 'key'>): string =>
  `${LABELS[period](wall)}${offsetMs === undefined ? '' : offsetText(offsetMs)}`;

/** How many periods of which kind to keep one recovery point for. */
export interface Bucket {
  readonly period: Period;
  readonly count: number;
}

/**
 * The result of one rule for one candidate. The reason against keeping is text from the start: many
 * candidates share one text.
 */
export type Judgement =
  | { readonly keeps: true; readonly reason: KeepReason }
  | { readonly keeps: false; readonly reason: string };

/**
 * The result of a bucket for the newest slot of a period, and for every later one in that period.
 */
export interface Saying {
  readonly newest: Judgement;
  readonly superseded: Judgement;
}

/** Returns the result for a period that is the nth one kept. */
export type Speaker = (shown: ShownPeriod, nth: number) => Saying;

const say = ({ period, count }: Bucket, nth: number, shown: ShownPeriod): Saying => {
  const label = periodLabel(period, shown);
  return {
    newest: { keeps: true, reason: { kind: 'newest-of-period', period, label, nth, count } },
    superseded: { keeps: false, reason: passReasonText({ kind: 'superseded', label }) },
  };
};

const newSpeaker = (bucket: Bucket): Speaker => {
  const byKey = new Map<number, Saying[]>();
  return (shown, nth) => {
    const ofKey = byKey.get(shown.key) ?? [];
    if (ofKey.length === 0) byKey.set(shown.key, ofKey);
    const saying = ofKey[nth] ?? say(bucket, nth, shown);
    ofKey[nth] = saying;
    return saying;
  };
};

/** Why a rule keeps a recovery point. */
export type KeepReason =
  | { readonly kind: 'last'; readonly count: number }
  | {
      readonly kind: 'newest-of-period';
      readonly period: Period;
      readonly label: string;
      readonly nth: number;
      readonly count: number;
    }
  | { readonly kind: 'oldest'; readonly period: Period; readonly filled: number; readonly count: number }
  | { readonly kind: 'within'; readonly within: string }
  | { readonly kind: 'future' };

/** Why a rule does not ask for a recovery point. */
export type PassReason =
  | { readonly kind: 'not-last'; readonly count: number }
  | { readonly kind: 'superseded'; readonly label: string }
  | { readonly kind: 'filled'; readonly period: Period; readonly count: number }
  | { readonly kind: 'not-within'; readonly within: string };

/** Words the reason for keeping a recovery point, with its numbers. */
export const keepReasonText = (reason: KeepReason): string => {
  switch (reason.kind) {
    case 'last':
      return `among the last ${reason.count}`;
    case 'newest-of-period':
      return `the newest of ${reason.label} (${reason.period} ${reason.nth} of ${reason.count})`;
    case 'oldest':
      return `the oldest there is, while ${reason.period} is not filled: ${reason.filled} of ${reason.count}`;
    case 'within':
      return `within ${reason.within} of the newest`;
    case 'future':
      return 'it was made in the future, so no rule counts it';
    default:
      return assertNever(reason);
  }
};

/** Words the reason why a rule does not keep a recovery point, with its numbers. */
export const passReasonText = (reason: PassReason): string => {
  switch (reason.kind) {
    case 'not-last':
      return `not among the last ${reason.count}`;
    case 'superseded':
      return `not the newest of ${reason.label}`;
    case 'filled':
      return `${reason.period} is filled: ${reason.count} of ${reason.count}`;
    case 'not-within':
      return `not within ${reason.within} of the newest`;
    default:
      return assertNever(reason);
  }
};

/** How the results of rules are worded, with the texts that were made before. */
export interface Wording {
  readonly speakerOf: (bucket: Bucket) => Speaker;
  readonly textsOf: (reasons: readonly KeepReason[]) => readonly string[];
}

/**
 * Creates a wording that makes each text once. The tables of one policy share their slots, so that one wording for all tables of a run shares their
 * texts: with ten thousand tables, these would otherwise be most of a plan.
 */
export const createWording = (): Wording => {
  const speakers = new Map<string, Speaker>();
  const textsOfOne = new Map<KeepReason, readonly string[]>();
  return {
    speakerOf: (bucket) => {
      const name = `${bucket.period} ${bucket.count}`;
      const speaker = speakers.get(name) ?? newSpeaker(bucket);
      speakers.set(name, speaker);
      return speaker;
    },
    // Most are kept for one reason, which they share with the same slot of other tables.
    textsOf: (reasons) => {
      const [only] = reasons;
      if (only === undefined || reasons.length > 1) return reasons.map(keepReasonText);
      const texts = textsOfOne.get(only) ?? [keepReasonText(only)];
      textsOfOne.set(only, texts);
      return texts;
    },
  };
};

const UNSAID: Saying = {
  newest: { keeps: true, reason: { kind: 'future' } },
  superseded: { keeps: false, reason: '' },
};

/** Words nothing, where only what is kept matters and not why. */
export const UNWORDED: Wording = { speakerOf: () => () => UNSAID, textsOf: () => [] };
