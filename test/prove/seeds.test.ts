import { describe, expect, it } from 'vitest';
import { live } from '../../prove/live.ts';
import { storyText } from '../../prove/story/story-text.ts';
import { tellStory } from '../../prove/story/tell.ts';

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

/** A small share of what `npm run prove` does. */
describe('sixty days of an account in which everything goes wrong', () => {
  it.each(SEEDS)('keep every promise: seed %i', async (seed) => {
    const story = tellStory(seed, 60);
    const { breaches, runs } = await live(story);
    expect(breaches, storyText(story, breaches)).toEqual([]);
    expect(runs).toBeGreaterThan(5);
  });
});

describe('a story', () => {
  it('is the same whenever its seed tells it, and ends the same way', async () => {
    expect(tellStory(7, 365)).toEqual(tellStory(7, 365));
    const story = tellStory(7, 30);
    expect(await live(story)).toEqual(await live(JSON.parse(JSON.stringify(story))));
  });

  it('is another one for another seed', () => {
    expect(tellStory(7, 365).events).not.toEqual(tellStory(8, 365).events);
  });
});
