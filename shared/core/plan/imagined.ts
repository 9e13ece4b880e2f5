import { DAY_MS, type Instant } from '../../model/instant.ts';
import { latestSlot } from '../calendar/slots.ts';
import { keptBy, type Moment, type Rules } from '../retention/retain.ts';
import type { Standstill } from './standstills.ts';

/** The most slots that are imagined; with fewer, less is explained and more needs approval. */
const MOST_IMAGINED = 2_000;

/** Hours and zones of two regimes differ, so the old one may be behind by a day or two. */
const SLACK_MS = 2 * DAY_MS;

/** Far more than the regimes of any policy file; a process that runs for years drops them all at once. */
const MOST_KNOWN = 200;

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

const known = new Map<string, readonly Moment[]>();

const knownOr = (key: readonly unknown[], make: () => readonly Moment[]): readonly Moment[] => {
  const text = JSON.stringify(key);
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const made = make();
  known.set(text, made);
  return made;
};

const keyOf = ({ schedule, timezone, retention }: Rules) => [schedule, timezone, retention];

/**
 * Returns what a regime would have made in a period, as far as its own rules keep it: what they
 * drop displaces nothing that they keep.
 */
export const imaginedBetween = (rules: Rules, from: Instant, to: Instant): readonly Moment[] =>
  knownOr([...keyOf(rules), from, to], () => keptBy(rules, slotsBetween(rules, from, to)));

/** What is known of the time since rules were edited away. */
export interface Since {
  /** When that was. */
  readonly from: Instant;
  readonly now: Instant;
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

/**
 * SAFETY: a slot while backups stood still was not made under any rules and displaces nothing; nor
 * does a future slot, except for as many as the present rules are ahead by. Returns what rules
 * would have made since they were edited away, as far as they keep it.
 */
export const imaginedSince = (rules: Rules, { from, now, made, standstills }: Since): readonly Moment[] => {
  const slots = knownOr([rules.schedule, rules.timezone, from, now], () =>
    slotsBetween(rules, from, now + SLACK_MS),
  );
  const edges = standstills.map((one) => edgesOf(slots, one)).filter((one) => one.length > 0);
  const isMade = ({ madeAt }: Moment): boolean =>
    !edges.some(([first = 0, last = 0]) => madeAt >= first && madeAt <= last);
  const all = slots.filter(isMade);
  const past = all.filter(({ madeAt }) => madeAt <= now);
  const ahead = Math.min(all.length - past.length, Math.max(0, made - past.length));
  return knownOr([...keyOf(rules), from, now, edges, ahead], () =>
    keptBy(rules, all.slice(all.length - past.length - ahead)),
  );
};
