import { DAY_MS, type Instant } from '../../model/instant.ts';
import { latestSlot } from '../calendar/slots.ts';
import { keptBy, type Moment, type Rules } from '../retention/retain.ts';
import { once } from './once.ts';
import type { Standstill } from './standstills.ts';

/** The most slots that are imagined; with fewer, less is explained and more needs approval. */
const MOST_IMAGINED = 2_000;

/** Hours and zones of two regimes differ, so the old one may be behind by a day or two. */
const SLACK_MS = 2 * DAY_MS;

/** Newest first; only the newest when there are too many. */
const slotsBetween = (rules: Rules, from: Instant, to: Instant): readonly Moment[] => {
  const slots: Moment[] = [];
  let slot = latestSlot(rules, to);
  while (slot > from && slots.length < MOST_IMAGINED) {
    slots.push({ madeAt: slot });
    slot = latestSlot(rules, slot - 1);
  }
  return slots;
};

/**
 * Returns what a regime would have made in a period, as far as its own rules keep it: what they
 * drop displaces nothing that they keep.
 */
export const imaginedBetween = (rules: Rules, from: Instant, to: Instant): readonly Moment[] =>
  keptBy(rules, slotsBetween(rules, from, to));

/** What is known of a series since rules were edited away. */
export interface Since {
  /** How many recovery points of the series were made since. */
  readonly made: number;
  /** When backups of the series stood still since. */
  readonly standstills: readonly Standstill[];
}

/**
 * The first and the last slot of a standstill without recovery points, so that tables that share one share what is computed from it. The newest was
 * made when it ended.
 */
const edgesOf = (slots: readonly Moment[], { from, until }: Standstill): readonly Instant[] => {
  const [, ...unmade] = slots.filter(({ madeAt }) => madeAt > from && madeAt <= until);
  const [last, first] = [unmade[0], unmade.at(-1)];
  return last === undefined || first === undefined ? [] : [first.madeAt, last.madeAt];
};

/** Without those of standstills, and of those to come only as many as the present rules are ahead by. */
const madeOf = (
  slots: readonly Moment[],
  edges: readonly (readonly Instant[])[],
  made: number,
  now: Instant,
): readonly Moment[] => {
  const isMade = ({ madeAt }: Moment): boolean =>
    !edges.some(([first = 0, last = 0]) => madeAt >= first && madeAt <= last);
  const all = slots.filter(isMade);
  const past = all.filter(({ madeAt }) => madeAt <= now);
  const ahead = Math.min(all.length - past.length, Math.max(0, made - past.length));
  return all.slice(all.length - past.length - ahead);
};

/**
 * SAFETY: a slot while backups stood still was not made under any rules and displaces nothing; nor
 * does a future slot, except for as many as the present rules are ahead by. Returns what rules
 * would have made of a series since they were edited away at `from`, as far as they keep it.
 */
export const imaginedSince = (
  rules: Rules,
  from: Instant,
  now: Instant,
): ((series: Since) => readonly Moment[]) => {
  const slots = once(() => slotsBetween(rules, from, now + SLACK_MS));
  // The series of a policy mostly stood still together, and made as many.
  const known = new Map<string, readonly Moment[]>();
  return ({ made, standstills }) => {
    const edges = standstills.map((one) => edgesOf(slots(), one)).filter((one) => one.length > 0);
    const moments = madeOf(slots(), edges, made, now);
    const key = JSON.stringify([edges, moments.length]);
    const kept = known.get(key) ?? keptBy(rules, moments);
    known.set(key, kept);
    return kept;
  };
};
