import type { Breach } from '../invariants/all.ts';
import { live, type Outcome } from '../live.ts';
import { diceOf } from '../story/dice.ts';
import { chooseChange } from './change.ts';
import { wrongMutes } from './mutes.ts';
import { wrongKeeps } from './retention.ts';
import { wrongSlots } from './schedules.ts';
import { tellClockChange } from './story.ts';

/** How often each rule is asked about one clock change. */
const QUESTIONS = 4;

const CHECKS = { slots: wrongSlots, retention: wrongKeeps, mutes: wrongMutes } as const;

/** Asks the rules alone, without an account, about one clock change; another one than the seed's story is about. */
export const askRules = (seed: number): readonly Breach[] => {
  const dice = diceOf(seed + 0x1234_5678);
  const change = chooseChange(dice);
  return Object.entries(CHECKS).flatMap(([name, wrong]) =>
    Array.from({ length: QUESTIONS }, () => wrong(change, dice))
      .flat()
      .map((what) => ({ invariant: `clock-change-${name}`, at: change.at, what })),
  );
};

/** Lives one seed made of nothing but clock changes: first the rules alone, then a few days of an account. */
export const liveClockChange = async (seed: number): Promise<Outcome> => {
  const breaches = askRules(seed);
  return breaches.length > 0 ? { breaches, runs: 0, calls: 0, rare: {} } : await live(tellClockChange(seed));
};
