import type { Breach } from './invariants/all.ts';
import { live } from './live.ts';
import type { Story, StoryEvent } from './story/event.ts';

/** How many runs of a story shrinking may cost. */
const MOST_LIVES = 400;

type Fails = (events: readonly StoryEvent[]) => Promise<boolean>;

const without = (events: readonly StoryEvent[], from: number, count: number): readonly StoryEvent[] => [
  ...events.slice(0, from),
  ...events.slice(from + count),
];

/** Drops every stretch of that length that is not needed. */
const dropStretches = async (given: readonly StoryEvent[], length: number, fails: Fails) => {
  let events = given;
  for (let from = Math.max(0, events.length - length); ; from -= length) {
    const fewer = without(events, Math.max(0, from), length + Math.min(0, from));
    if (fewer.length < events.length && (await fails(fewer))) events = fewer;
    if (from <= 0) return events;
  }
};

const CALM: Story['settings'] = { latencyMs: 0, shortPages: 0, backupListLagMs: 0, tagLagMs: 0 };

/** Shrinks a failing story: drops events while the rest still breaks the same invariant. */
export const shrink = async (story: Story, { invariant }: Breach): Promise<Story> => {
  let lives = 0;
  const failsAs = async (shorter: Story): Promise<boolean> => {
    lives += 1;
    if (lives > MOST_LIVES) return false;
    const { breaches } = await live(shorter);
    return breaches.some((breach) => breach.invariant === invariant);
  };
  const fails: Fails = (events) => failsAs({ ...story, events });
  let { events } = story;
  for (let length = Math.ceil(events.length / 2); length >= 1; length = Math.floor(length / 2)) {
    events = await dropStretches(events, length, fails);
  }
  events = await dropStretches(events, 1, fails);
  const calm = { ...story, events, settings: CALM };
  return (await failsAs(calm)) ? calm : { ...story, events };
};
