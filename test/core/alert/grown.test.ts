import { describe, expect, it } from 'vitest';
import { readableNews } from '../../../shared/core/alert/news.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { decide } from '../../support/decide.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const ID = 'untagged-tables';

const untagged = (subjects: readonly string[], overrides: Partial<OpenFinding> = {}): OpenFinding => {
  const { table: _, ...rest } = anOpenFinding({ id: ID, kind: 'untagged-tables', severity: 'info' });
  return { ...rest, subjects, ...overrides };
};

const decided = (before: OpenFinding, found: readonly OpenFinding[], withdrawn: readonly string[] = []) =>
  decide({
    openFindings: [before],
    found,
    judged: new Set([ID]),
    withdrawn: new Set(withdrawn),
    now: NOW,
  });

describe('a finding that stands for many things', () => {
  it.each([
    { name: 'is not told again while they are the same', now: ['a', 'b'], opened: [] },
    { name: 'nor when there are fewer', now: ['a'], opened: [] },
    { name: 'but when one is added', now: ['a', 'b', 'c'], opened: [ID] },
    { name: 'also when another one went', now: ['a', 'c'], opened: [ID] },
  ])('$name', ({ now, opened }) => {
    const { news } = decided(untagged(['a', 'b'], { toldSubjects: ['a', 'b'] }), [untagged(now)]);
    expect(news.opened.map(({ id }) => id)).toEqual(opened);
    expect(news.worsened).toEqual([]);
  });

  it('remembers what people were told of, also of what is not so any more', () => {
    const { open } = decided(untagged(['a', 'b'], { toldSubjects: ['a', 'b'] }), [untagged(['a', 'c'])]);
    expect(open[0]?.toldSubjects).toEqual(['a', 'b', 'c']);
  });

  it('that an older version told counts as told whole, and grows from there', () => {
    const { subjects: _, ...older } = untagged([]);
    const first = decided(older, [untagged(['a', 'b'])]);
    expect(first.news.opened).toEqual([]);
    const [open] = first.open;
    expect(open?.toldSubjects).toEqual(['a', 'b']);
    expect(decided(open ?? older, [untagged(['a', 'b', 'c'])]).news.opened).toHaveLength(1);
  });

  it('carries its marks into no message', () => {
    const { news } = decided(untagged(['a'], { toldSubjects: ['a'] }), [untagged(['a', 'b'])]);
    const [told] = readableNews(news).opened;
    expect(told).toMatchObject({ id: ID });
    expect(told).not.toHaveProperty('subjects');
    expect(told).not.toHaveProperty('toldSubjects');
  });
});

describe('a finding that is withdrawn', () => {
  it('ends without a word and is forgotten', () => {
    const { news, changes, open } = decided(untagged(['a']), [], [ID]);
    expect(news.resolved).toEqual([]);
    expect(changes).toEqual({ put: [], remove: [ID] });
    expect(open).toEqual([]);
  });

  it('stays where it was found all the same', () => {
    const { changes, open } = decided(untagged(['a']), [untagged(['a'])], [ID]);
    expect(changes.remove).toEqual([]);
    expect(open).toHaveLength(1);
  });
});
