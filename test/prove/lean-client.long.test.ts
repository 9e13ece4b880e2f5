import { beforeAll, describe, expect, it } from 'vitest';
import { lifeOf } from '../../prove/live.ts';
import type { Story, StoryEvent } from '../../prove/story/event.ts';
import { tellStory } from '../../prove/story/tell.ts';
import type { Speech } from '../../prove/world/deployment.ts';
import type { LedgerEntry } from '../../sim/ledger.ts';

// Most seeds are lived without the whole of the SDK. What they prove is worth no more than this: that nothing comes out otherwise with it. That every
// fault of every operation comes to the same, faults-table.long.test.ts shows, once with and once without.

const inPeace = (event: StoryEvent): StoryEvent | undefined => {
  if (event.kind === 'trouble') return undefined;
  if (event.kind === 'tick') return { at: event.at, kind: 'tick', mode: event.mode };
  if (event.kind === 'drill') return { at: event.at, kind: 'drill' };
  if (event.kind !== 'hint') return event;
  const { trouble: _, ...hint } = event;
  return hint;
};

const peaceful = (seed: number): Story => {
  const story = tellStory(seed, 90);
  return { ...story, events: story.events.flatMap((event) => inPeace(event) ?? []) };
};

/** An entry without what is drawn by lot, and without the name that the SDK gives itself. */
const plainly = (entry: LedgerEntry): object => {
  const by = 'by' in entry && { by: entry.by.accessKeyId };
  return { ...entry, arn: undefined, ...by };
};

/** Calls of one moment may arrive in another order. */
const inOrder = (entries: readonly object[]): readonly string[] =>
  entries.map((entry) => JSON.stringify(entry)).toSorted();

/** What came of a life, by the account's own word: what was made and deleted, and every message. */
const cameOf = async (story: Story, speech: Speech) => {
  const { outcome, world } = await lifeOf(story, speech);
  const { ledger, inbox, calls } = world.account;
  return {
    outcome,
    calls: Object.fromEntries([...calls.byOperation].toSorted()),
    ledger: inOrder(ledger.entries.map(plainly)),
    messages: inbox.messages.map(({ at, protocol, subject, message }) => ({
      at,
      protocol,
      subject,
      message,
    })),
  };
};

// Virtual time takes the loading of a module for standing still, so what is loaded late is loaded before: a life with a vault reaches all of it.
beforeAll(async () => {
  await cameOf(peaceful(7), 'lean');
}, 60_000);

describe('a life without the whole of the SDK', () => {
  it.each([2, 5, 6, 7])('comes to the same as with it: seed %i, in peace', async (seed) => {
    const story = peaceful(seed);
    const lean = await cameOf(story, 'lean');
    expect(lean.ledger.length).toBeGreaterThan(20);
    expect(lean).toEqual(await cameOf(story, 'sdk'));
  });
});
