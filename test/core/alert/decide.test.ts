import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasNews, type News } from '../../../shared/core/alert/news.ts';
import type { Decision } from '../../../shared/core/alert/sent.ts';
import type { Finding, Severity } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { decide, type Run } from '../../support/decide.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';
import { findings, openFindings as openFindingsOf } from './random-findings.ts';

const asFound = (finding: OpenFinding): Finding => {
  const { openedAt: _o, notifiedAt: _n, ...found } = finding;
  return found;
};

const FOUND = asFound(anOpenFinding({ since: NOW }));
const told = (agoMs: number, overrides: Partial<OpenFinding> = {}): OpenFinding =>
  anOpenFinding({ openedAt: NOW - DAY_MS, notifiedAt: NOW - agoMs, ...overrides });

const idsOf = ({ opened, worsened, reminders, resolved }: News) => ({
  opened: opened.map(({ id }) => id),
  worsened: worsened.map(({ id }) => id),
  reminders: reminders.map(({ id }) => id),
  resolved: resolved.map(({ id }) => id),
});

const NOTHING = { opened: [], worsened: [], reminders: [], resolved: [] };
const ID = 'pitr-off/Orders';
const CRITICAL: Severity = 'critical';

describe('decide', () => {
  it.each([
    { name: 'a finding is told when first found', open: [], found: [FOUND], news: { opened: [ID] } },
    { name: 'and not again an hour later', open: [told(HOUR_MS)], found: [FOUND], news: {} },
    { name: 'nor after 23 hours by itself', open: [told(23 * HOUR_MS)], found: [FOUND], news: {} },
    {
      name: 'and is reminded of after a day',
      open: [told(DAY_MS)],
      found: [FOUND],
      news: { reminders: [ID] },
    },
    {
      name: 'also by a run that starts some seconds earlier than yesterday',
      open: [told(DAY_MS - 2 * MINUTE_MS)],
      found: [FOUND],
      news: { reminders: [ID] },
    },
    {
      name: 'a message from the future silences nothing',
      open: [told(-DAY_MS)],
      found: [FOUND],
      news: { reminders: [ID] },
    },
    {
      name: 'one that nobody was told of is told now',
      open: [asFound(anOpenFinding())].map((finding) => ({ ...finding, openedAt: NOW - HOUR_MS })),
      found: [FOUND],
      news: { opened: [ID] },
    },
    {
      name: 'one that gets worse is told at once',
      open: [told(HOUR_MS, { severity: 'warning' })],
      found: [{ ...FOUND, severity: CRITICAL }],
      news: { worsened: [ID] },
    },
    {
      name: 'one that gets better is not',
      open: [told(HOUR_MS)],
      found: [{ ...FOUND, severity: 'info' as const }],
      news: {},
    },
    {
      name: 'one that is over is told once',
      open: [told(HOUR_MS)],
      found: [],
      judged: [ID],
      news: { resolved: [ID] },
    },
    { name: 'one that was not judged stays', open: [told(HOUR_MS)], found: [], news: {} },
    {
      name: 'and is reminded of all the same',
      open: [told(DAY_MS)],
      found: [],
      news: { reminders: [ID] },
    },
    {
      name: 'info is never reminded of',
      open: [told(30 * DAY_MS, { severity: 'info' })],
      found: [{ ...FOUND, severity: 'info' as const }],
      news: {},
    },
  ])('$name', ({ open, found, judged = [], news }) => {
    const decision = decide({ openFindings: open, found, judged: new Set(judged), now: NOW });
    expect(idsOf(decision.news)).toEqual({ ...NOTHING, ...news });
  });

  it('keeps since and openedAt of an open finding, and takes everything else from the new sight', () => {
    const before = told(HOUR_MS, { fact: 'old', since: NOW - 9 * HOUR_MS });
    const { changes, open } = decide({
      openFindings: [before],
      found: [{ ...FOUND, fact: 'new' }],
      judged: new Set(),
      now: NOW,
    });
    expect(open).toEqual([{ ...before, fact: 'new' }]);
    expect(changes).toEqual({ put: open, remove: [] });
  });

  it('writes nothing when nothing is different', () => {
    const before = told(HOUR_MS);
    const { changes } = decide({
      openFindings: [before],
      found: [asFound(before)],
      judged: new Set([ID]),
      now: NOW,
    });
    expect(changes).toEqual({ put: [], remove: [] });
  });

  it('lets findings within an hour of their day join a message that leaves anyway', () => {
    const open = [told(23 * HOUR_MS, { id: 'a' }), told(23 * HOUR_MS - 1, { id: 'b' })];
    const found = [...open.map(asFound), { ...FOUND, id: 'c' }];
    const { news } = decide({ openFindings: open, found, judged: new Set(), now: NOW });
    expect(idsOf(news)).toEqual({ ...NOTHING, opened: ['c'], reminders: ['a'] });
  });

  it.each([
    { name: 'something new and something worse', worse: true, over: [] },
    { name: 'something new and something that is over', worse: false, over: ['over'] },
    { name: 'all three', worse: true, over: ['over'] },
  ])('lets a reminder join a message of $name', ({ worse, over }) => {
    const open = [
      told(23 * HOUR_MS, { id: 'joins' }),
      told(HOUR_MS, { id: 'worse', severity: worse ? 'warning' : CRITICAL }),
      ...over.map((id) => told(HOUR_MS, { id })),
    ];
    const found = ['joins', 'worse', 'new'].map((id) => ({ ...FOUND, id, severity: CRITICAL }));
    const { news } = decide({ openFindings: open, found, judged: new Set(over), now: NOW });
    expect(idsOf(news)).toEqual({
      opened: ['new'],
      worsened: worse ? ['worse'] : [],
      reminders: ['joins'],
      resolved: over,
    });
  });

  it('gives what is open, and what to write, sorted by id', () => {
    const found = ['b', 'c', 'a'].map((id) => ({ ...FOUND, id }));
    for (const some of [found, found.toReversed()]) {
      const { changes, open } = decide({ openFindings: [], found: some, judged: new Set(), now: NOW });
      expect(open.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(changes.put.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    }
  });

  it('ends in silence what nobody was told of', () => {
    const open = [{ ...asFound(anOpenFinding()), openedAt: NOW }];
    const { news, changes } = decide({ openFindings: open, found: [], judged: new Set([ID]), now: NOW });
    expect(hasNews(news)).toBe(false);
    expect(changes.remove).toEqual([ID]);
  });

  it('tells a finding that comes back after it was resolved as new', () => {
    const first = decide({ openFindings: [], found: [FOUND], judged: new Set(), now: NOW });
    const over = decide({ openFindings: first.open, found: [], judged: new Set([ID]), now: NOW + HOUR_MS });
    const again = decide({
      openFindings: over.open,
      found: [FOUND],
      judged: new Set(),
      now: NOW + 2 * HOUR_MS,
    });
    expect([first, over, again].map(({ news }) => idsOf(news))).toEqual([
      { ...NOTHING, opened: [ID] },
      { ...NOTHING, resolved: [ID] },
      { ...NOTHING, opened: [ID] },
    ]);
  });

  it('sorts worst first, then by id', () => {
    const found = [
      { ...FOUND, id: 'z', severity: 'info' as const },
      { ...FOUND, id: 'b' },
      { ...FOUND, id: 'm', severity: 'warning' as const },
      { ...FOUND, id: 'a' },
    ];
    const { news } = decide({ openFindings: [], found, judged: new Set(), now: NOW });
    expect(idsOf(news).opened).toEqual(['a', 'b', 'm', 'z']);
  });
});

describe('what a run that was killed while it alerted people leaves', () => {
  const decideNow = (open: readonly OpenFinding[], found: readonly Finding[], rest = {}) =>
    decide({ openFindings: open, found, judged: new Set([ID]), now: NOW, ...rest });

  it('is marked before the message leaves: what is new, and what is resolved', () => {
    const over = told(HOUR_MS, { id: 'over' });
    const { marks } = decide({ openFindings: [over], found: [FOUND], judged: new Set(['over']), now: NOW });
    expect(marks).toEqual([
      { ...over, telling: true },
      { ...FOUND, openedAt: NOW, telling: true },
    ]);
  });

  it('is taken back where the message certainly did not leave', () => {
    const over = told(HOUR_MS, { id: 'over' });
    const { unmark } = decide({ openFindings: [over], found: [FOUND], judged: new Set(['over']), now: NOW });
    expect(unmark).toEqual({ put: [over], remove: [ID] });
  });

  it('is not marked twice', () => {
    const left = { ...FOUND, openedAt: NOW - 1, telling: true } as const;
    expect(decideNow([left], [FOUND]).marks).toEqual([]);
  });

  it('is told again when it is still so, and the mark goes', () => {
    const left = { ...FOUND, openedAt: NOW - 1, telling: true } as const;
    const { news, open } = decideNow([left], [FOUND]);
    expect(news.opened).toEqual([{ ...FOUND, openedAt: NOW - 1 }]);
    expect(open).toEqual([{ ...FOUND, openedAt: NOW - 1, notifiedAt: NOW }]);
  });

  it('is resolved when it is gone: people may have been told of it', () => {
    const left = { ...FOUND, openedAt: NOW - 1, telling: true } as const;
    expect(idsOf(decideNow([left], []).news)).toEqual({ ...NOTHING, resolved: [ID] });
  });

  it('is new again when people may have been told that it is resolved', () => {
    const left = told(HOUR_MS, { telling: true });
    expect(idsOf(decideNow([left], [FOUND]).news)).toEqual({ ...NOTHING, opened: [ID] });
  });

  it('is new again also where it flapped', () => {
    const over = told(DAY_MS, { telling: true, flapping: true, returns: [NOW - DAY_MS] });
    const resolved = { ...over, resolvedAt: NOW - 13 * HOUR_MS };
    const { news } = decideNow([], [FOUND], { resolvedFindings: [resolved] });
    expect(idsOf(news)).toEqual({ ...NOTHING, opened: [ID] });
  });

  it('keeps its mark while it is muted, for nobody can be told what is right', () => {
    const left = told(HOUR_MS, { telling: true });
    const { news, open } = decideNow([left], [FOUND], { isMuted: () => true });
    expect(hasNews(news)).toBe(false);
    expect(open[0]?.telling).toBe(true);
  });
});

describe('two runs that disagree about one finding', () => {
  const resolved = { ...FOUND, openedAt: NOW - DAY_MS, resolvedAt: NOW - MINUTE_MS };
  it.each([
    { name: 'believe the one that looked later', lookedAt: NOW - 2 * MINUTE_MS, opened: [] },
    { name: 'believe the finding where both looked at once', lookedAt: NOW - 3 * MINUTE_MS, opened: [ID] },
    { name: 'believe no clock that ran ahead', lookedAt: NOW + 40 * DAY_MS, opened: [ID] },
    { name: 'believe the finding of an older version', lookedAt: undefined, opened: [ID] },
  ])('$name', ({ lookedAt, opened }) => {
    const over = lookedAt === undefined ? resolved : { ...resolved, lookedAt };
    const { news, changes } = decide({
      openFindings: [],
      resolvedFindings: [over],
      found: [FOUND],
      judged: new Set(),
      now: NOW,
      lookedAt: NOW - 3 * MINUTE_MS,
    });
    expect(idsOf(news)).toEqual({ ...NOTHING, opened });
    expect(changes.remove).toEqual([]);
  });
});

/** The moments at which a message leaves, when every run finds the same thing. */
const tellings = (runMoments: readonly number[]): readonly number[] => {
  let open: readonly OpenFinding[] = [];
  return runMoments.filter((now) => {
    const decision: Decision = decide({ openFindings: open, found: [FOUND], judged: new Set(), now });
    open = decision.open;
    return hasNews(decision.news);
  });
};

const moments = fc
  .array(fc.integer({ min: MINUTE_MS, max: 10 * DAY_MS }), { minLength: 1, maxLength: 60 })
  .map((offsets) => [...new Set(offsets)].toSorted((a, b) => a - b).map((offset) => NOW + offset));

describe('decide, whatever happens', () => {
  const situations = fc.record({
    open: openFindingsOf(),
    found: findings(),
    isResolvable: fc.func(fc.boolean()),
  });
  const decideOn = ({
    open,
    found,
    isResolvable,
  }: typeof situations extends fc.Arbitrary<infer One> ? One : never) =>
    decide({
      openFindings: open,
      found,
      judged: new Set(open.map(({ id }) => id).filter((id) => isResolvable(id))),
      now: NOW,
    });

  it('reminds no earlier than 23 hours after people last heard, and at the first run after 24', () => {
    fc.assert(
      fc.property(moments, (runMoments) => {
        const toldAt = tellings(runMoments);
        const gaps = toldAt.slice(1).map((at, index) => at - (toldAt[index] ?? at));
        const silentRuns = runMoments.filter((now) => !toldAt.includes(now));
        const lastTold = (now: number) => Math.max(...toldAt.filter((at) => at < now));
        return (
          toldAt[0] === runMoments[0] &&
          gaps.every((gap) => gap >= 23 * HOUR_MS) &&
          silentRuns.every((now) => now - lastTold(now) < DAY_MS)
        );
      }),
    );
  });

  it('tells nothing new when it decides again from what it left', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { open } = decideOn(situation);
        const again = decide({ openFindings: open, found: situation.found, judged: new Set(), now: NOW });
        expect(idsOf(again.news)).toEqual({ ...NOTHING, opened: expect.any(Array) });
        expect(again.news.opened).toEqual([]);
        expect(again.changes).toEqual({ put: [], remove: [] });
      }),
    );
  });

  it('never resolves what was found or not judged, and resolves each at most once', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { news, open } = decideOn(situation);
        const foundIds = new Set(situation.found.map(({ id }) => id));
        for (const { id } of news.resolved) {
          expect(foundIds.has(id)).toBe(false);
          expect(situation.isResolvable(id)).toBe(true);
          expect(open.some((one) => one.id === id)).toBe(false);
        }
      }),
    );
  });

  it('keeps every found finding open, and tells each one at most once', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { news, open } = decideOn(situation);
        const openIds = new Set(open.map(({ id }) => id));
        expect(situation.found.every(({ id }) => openIds.has(id))).toBe(true);
        const ids = Object.values(idsOf(news)).flat();
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('decides the same when its inputs are shuffled', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { open, found } = situation;
        const turned = { ...situation, open: open.toReversed(), found: found.toReversed() };
        expect(decideOn(turned)).toEqual(decideOn(situation));
      }),
    );
  });
});

describe('what a run found and repaired', () => {
  const repaired = { repaired: new Set([ID]) };
  const at = (agoMs: number): Instant => NOW - agoMs;
  const wasRepaired = (agoMs: number, overrides: Partial<OpenFinding> = {}): OpenFinding =>
    told(agoMs, { since: at(agoMs), openedAt: at(agoMs), repairedAt: at(agoMs), ...overrides });
  const found = (open: readonly OpenFinding[], given: Partial<Run> = {}): Decision =>
    decide({ openFindings: open, found: [FOUND], judged: new Set(), now: NOW, ...given });

  it('is told, and open until a run sees that it is over', () => {
    const { news, open } = found([], repaired);
    expect(idsOf(news)).toEqual({ ...NOTHING, opened: [ID] });
    expect(open).toEqual([{ ...FOUND, openedAt: NOW, notifiedAt: NOW, repairedAt: NOW }]);
  });

  it('is another one when it is found again, with its own beginning, in the incident that nobody was told to be over', () => {
    const { news, open } = found([wasRepaired(6 * HOUR_MS)]);
    expect(idsOf(news)).toEqual({ ...NOTHING, opened: [ID] });
    const again = { ...FOUND, openedAt: NOW, notifiedAt: NOW, since: NOW, returns: [NOW] };
    expect(open).toEqual([{ ...again, incidentAt: at(6 * HOUR_MS) }]);
  });

  it('goes on as one after that, where the next repair fails', () => {
    const { open } = found([wasRepaired(6 * HOUR_MS)]);
    expect(idsOf(found(open, { now: NOW + 6 * HOUR_MS }).news)).toEqual(NOTHING);
  });

  it('is the same one to a run that began to look before the repair', () => {
    const before = wasRepaired(MINUTE_MS);
    const { news, open } = found([before], { lookedAt: at(2 * MINUTE_MS) });
    expect(idsOf(news)).toEqual(NOTHING);
    expect(open).toEqual([before]);
  });

  it('flaps the third time that it is back, and is only reminded of then', () => {
    const returns = [at(12 * HOUR_MS), at(6 * HOUR_MS)];
    const third = found([wasRepaired(6 * HOUR_MS, { returns })], repaired);
    expect(third.news.opened).toMatchObject([{ id: ID, flapping: true }]);
    const later = NOW + 6 * HOUR_MS;
    const fourth = found(third.open, { ...repaired, now: later, found: [{ ...FOUND, since: later }] });
    expect(idsOf(fourth.news)).toEqual(NOTHING);
    expect(fourth.open).toMatchObject([{ since: later, notifiedAt: NOW, repairedAt: later, flapping: true }]);
  });

  it('is told to be over once a run sees that it is', () => {
    const { news, open } = decide({
      openFindings: [wasRepaired(6 * HOUR_MS)],
      found: [],
      judged: new Set([ID]),
      now: NOW,
    });
    expect(idsOf(news)).toEqual({ ...NOTHING, resolved: [ID] });
    expect(open).toEqual([]);
  });
});

it('one that people heard of an hour or more after it was found says when they first did, and goes on saying so', () => {
  const untold = { ...FOUND, openedAt: NOW - HOUR_MS };
  const { open } = decide({ openFindings: [untold], found: [FOUND], judged: new Set(), now: NOW });
  expect(open).toMatchObject([{ toldFirstAt: NOW }]);
  const reminded = decide({ openFindings: open, found: [FOUND], judged: new Set(), now: NOW + DAY_MS });
  expect(reminded.open).toMatchObject([{ toldFirstAt: NOW, notifiedAt: NOW + DAY_MS }]);
});
