import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continueOpen, reopen } from '../../../shared/core/alert/flapping.ts';
import { toldNews } from '../../../shared/core/alert/groups.ts';
import { hasNews, type News } from '../../../shared/core/alert/news.ts';
import type { Finding, Severity } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../../shared/model/instant.ts';
import type { OpenFinding, ResolvedFinding } from '../../../shared/model/memory.ts';
import { decide } from '../../support/decide.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const { openedAt: _o, notifiedAt: _n, ...FINDING } = anOpenFinding();

/** What one run sees: the finding with a severity, or that it is over. */
interface Sight {
  readonly at: Instant;
  readonly severity?: Severity | undefined;
}

interface Telling extends Sight {
  readonly news: News;
}

const isResolved = (one: OpenFinding): one is ResolvedFinding => one.resolvedAt !== undefined;

/** Run after run on the state that the one before has left, as the state table keeps it. */
const tell = (sights: readonly Sight[]): readonly Telling[] => {
  const state = new Map<string, OpenFinding>();
  return sights.map(({ at, severity }) => {
    const found: readonly Finding[] = severity === undefined ? [] : [{ ...FINDING, severity, since: at }];
    const all = [...state.values()];
    const { news, changes } = decide({
      openFindings: all.filter((one) => !isResolved(one)),
      resolvedFindings: all.filter(isResolved),
      found,
      judged: new Set([FINDING.id]),
      now: at,
    });
    for (const one of changes.put) state.set(one.id, one);
    for (const id of changes.remove) state.delete(id);
    return { at, severity, news };
  });
};

const wordsOf = ({ opened, worsened, reminders, resolved }: News): string =>
  [
    ...opened.map(({ flapping }) => (flapping === true ? 'flapping' : 'new')),
    ...worsened.map(() => 'worse'),
    ...reminders.map(() => 'reminder'),
    ...resolved.map(() => 'resolved'),
  ].join('+');

/** `x` critical, `w` warning, `.` over: one character a run, some hours apart. */
const sightsOf = (story: string, hoursApart: number): readonly Sight[] =>
  [...story].map((mark, index) => {
    const severities: Readonly<Record<string, Severity>> = { x: 'critical', w: 'warning' };
    return { at: NOW + index * hoursApart * HOUR_MS, severity: severities[mark] };
  });

const wordsOfStory = (story: string, hoursApart: number): readonly string[] =>
  tell(sightsOf(story, hoursApart)).map(({ news }) => wordsOf(news) || '-');

describe('a finding that comes and goes', () => {
  it.each([
    { name: 'once is told each time', story: 'x.x.', hours: 1, words: 'new resolved new resolved' },
    {
      name: 'a third time is told as flapping, and then no more',
      story: 'x.x.x.x.x.x.',
      hours: 1,
      words: 'new resolved new resolved new resolved flapping - - - - -',
    },
    {
      name: 'is over once it has stayed away for twelve hours',
      story: 'x.x.x.x.............',
      hours: 1,
      words: `new resolved new resolved new resolved flapping ${'- '.repeat(12)}resolved`,
    },
    {
      name: 'and is forgotten two days later',
      story: `x.x.x.x.${'.'.repeat(70)}x.`,
      hours: 1,
      words: `new resolved new resolved new resolved flapping ${'- '.repeat(12)}resolved ${'- '.repeat(58)}new resolved`,
    },
    {
      name: 'is an ordinary one again once it has stayed for twelve hours',
      story: 'x.x.x.xxxxxxxxxxxxx.',
      hours: 1,
      words: `new resolved new resolved new resolved flapping ${'- '.repeat(12)}resolved`,
    },
    {
      name: 'at every other audit is flapping on the second day',
      story: 'x.x.x.x.x.x',
      hours: 6,
      words: 'new resolved new resolved new resolved flapping - - - reminder',
    },
    {
      name: 'twice, but not within two days, is told each time',
      story: 'x.xxxx.xxxx.',
      hours: 6,
      words: 'new resolved new - - - resolved new - - - resolved',
    },
    {
      name: 'on three days of a week is flapping, and over once it has stayed away for two days',
      story: 'x.xxxx.xxxx.xxxx.xxxx.........',
      hours: 6,
      words: `new resolved new - - - resolved new - - - resolved flapping - - - - reminder - - - ${'- '.repeat(8)}resolved`,
    },
    {
      name: 'at night, and is over by day, is flapping on the fourth night',
      story: 'x..x..x..x..x..x..x.......',
      hours: 8,
      words:
        'new resolved - new resolved - new resolved - flapping - - reminder - - reminder - - reminder - - - - - - resolved',
    },
    {
      name: 'by day, and is over at night, is flapping on the fourth day',
      story: 'xx.xx.xx.xx.xx.',
      hours: 8,
      words: 'new - resolved new - resolved new - resolved flapping - - reminder - -',
    },
    {
      name: 'every night, and then stays for two days, is an ordinary one again',
      story: 'x..x..x..xxxxxxx.',
      hours: 8,
      words: 'new resolved - new resolved - new resolved - flapping - - reminder - - reminder resolved',
    },
    {
      name: 'at every third day is told each time',
      story: 'x..x..x..x..',
      hours: 24,
      words: 'new resolved - new resolved - new resolved - new resolved -',
    },
    {
      name: 'once a week is told each time',
      story: 'x.x.x.x.x.',
      hours: 84,
      words: 'new resolved new resolved new resolved new resolved new resolved',
    },
    {
      name: 'in its severity alone is told as worse once',
      story: 'wxwxwxwx',
      hours: 1,
      words: 'new worse - - - - - -',
    },
    {
      name: 'while it flaps is still told when it gets worse',
      story: 'w.w.w.w.x.x.',
      hours: 1,
      words: 'new resolved new resolved new resolved flapping - worse - - -',
    },
  ])('$name', ({ story, hours, words }) => {
    expect(wordsOfStory(story, hours).join(' ')).toBe(words);
  });

  it('says what flapping means, when it is told so', () => {
    const [first] = tell(sightsOf('x.x.x.x', 1)).slice(-1);
    const [opened] = first === undefined ? [] : toldNews(first.news).opened;
    expect(opened?.fact).toBe(
      'Point-in-time recovery of Orders is off. It came back 3 times within 48 h, so it is flapping: further changes are suppressed. You are alerted ' +
        'when it gets worse, when it has stayed open for long, and once it has stayed away for 12 h.',
    );
  });

  it('says so of what comes and goes by the day', () => {
    const [told] = tell(sightsOf('x..x..x..x', 8)).slice(-1);
    const [opened] = told === undefined ? [] : toldNews(told.news).opened;
    expect(opened?.fact).toContain(
      'It came back 3 times within 7 days, so it is flapping: further changes are suppressed. You are alerted ' +
        'when it gets worse, when it has stayed open for long, and once it has stayed away for 48 h.',
    );
  });

  it('is not told as over by a run that could not see it', () => {
    const flapping = { ...anOpenFinding(), flapping: true as const, resolvedAt: NOW - DAY_MS };
    const unseen = {
      openFindings: [],
      resolvedFindings: [flapping],
      found: [],
      judged: new Set<string>(),
      now: NOW,
    };
    expect(hasNews(decide(unseen).news)).toBe(false);
    expect(decide(unseen).changes).toEqual({ put: [], remove: [] });
    const { news } = decide({ ...unseen, judged: new Set([flapping.id]) });
    expect(news.resolved).toEqual([flapping]);
  });

  it('is not forgotten while people do not know that it is over', () => {
    const over = {
      ...FINDING,
      openedAt: NOW - 9 * DAY_MS,
      notifiedAt: NOW - 9 * DAY_MS,
      resolvedAt: NOW - 3 * DAY_MS,
    };
    const unseen = {
      openFindings: [],
      resolvedFindings: [over],
      found: [],
      judged: new Set<string>(),
      now: NOW,
    };
    expect(decide(unseen).changes).toEqual({ put: [], remove: [] });
  });

  it.each([
    {
      name: 'is forgotten after two days, also by a run that cannot see it',
      agoMs: 2 * DAY_MS,
      ids: [FINDING.id],
    },
    { name: 'is not forgotten before', agoMs: 2 * DAY_MS - 1, ids: [] },
    {
      name: 'is not forgotten before a digest has told of it',
      agoMs: 3 * DAY_MS,
      keptSince: NOW - 3 * DAY_MS,
      ids: [],
    },
    {
      name: 'is forgotten once a digest has told of it',
      agoMs: 3 * DAY_MS,
      keptSince: NOW - DAY_MS,
      ids: [FINDING.id],
    },
  ])('$name', ({ agoMs, keptSince, ids }) => {
    const over = { ...FINDING, openedAt: NOW - 9 * DAY_MS, resolvedAt: NOW - agoMs };
    const { changes } = decide({
      openFindings: [],
      resolvedFindings: [over],
      found: [],
      judged: new Set<string>(),
      now: NOW,
      keptSince,
    });
    expect(changes).toEqual({ put: [], remove: ids });
  });

  it('is written only when something about it is different', () => {
    const open = anOpenFinding({ returns: [NOW - HOUR_MS] });
    const found = [{ ...FINDING, since: NOW }];
    const again = decide({ openFindings: [open], found, judged: new Set<string>(), now: NOW });
    expect(again.changes).toEqual({ put: [], remove: [] });
    const later = decide({ openFindings: [open], found, judged: new Set<string>(), now: NOW + 7 * DAY_MS });
    expect(later.changes.put[0]).not.toHaveProperty('returns');
  });
});

const { notifiedAt: _untold, ...UNTOLD } = anOpenFinding({
  openedAt: NOW - 9 * HOUR_MS,
  since: NOW - 9 * HOUR_MS,
});
const TOLD: OpenFinding = { ...UNTOLD, notifiedAt: NOW - 8 * HOUR_MS };
const SEEN: Finding = { ...FINDING, since: NOW };

describe('what is remembered of a finding that is still there', () => {
  it.each<{ name: string; before: OpenFinding; now: OpenFinding }>([
    { name: 'is when it was first found and told', before: TOLD, now: TOLD },
    { name: 'is not that it was told, where it was not', before: UNTOLD, now: UNTOLD },
    {
      name: 'is that it flaps, until it has been open for twelve hours',
      before: { ...TOLD, flapping: true, openedAt: NOW - 12 * HOUR_MS + 1 },
      now: { ...TOLD, flapping: true, openedAt: NOW - 12 * HOUR_MS + 1 },
    },
    {
      name: 'is not that it flapped, once it has been open for twelve hours',
      before: { ...TOLD, flapping: true, openedAt: NOW - 12 * HOUR_MS },
      now: { ...TOLD, openedAt: NOW - 12 * HOUR_MS },
    },
    {
      name: 'is when it came back, for less than a week',
      before: { ...TOLD, returns: [NOW - 7 * DAY_MS, NOW - 7 * DAY_MS + 1] },
      now: { ...TOLD, returns: [NOW - 7 * DAY_MS + 1] },
    },
    {
      name: 'is nothing of what came back a week ago',
      before: { ...TOLD, returns: [NOW - 7 * DAY_MS] },
      now: TOLD,
    },
  ])('$name', ({ before, now }) => {
    expect(continueOpen(SEEN, before, NOW)).toStrictEqual(now);
  });
});

describe('what is remembered of a finding that is back', () => {
  const over = (agoMs: number, more: Partial<ResolvedFinding> = {}): ResolvedFinding => ({
    ...UNTOLD,
    resolvedAt: NOW - agoMs,
    ...more,
  });
  const NEW: OpenFinding = { ...SEEN, openedAt: NOW };

  it.each<{ name: string; before: ResolvedFinding; now: OpenFinding }>([
    { name: 'is nothing after two days', before: over(48 * HOUR_MS), now: NEW },
    {
      name: 'is that it is back, sooner',
      before: over(48 * HOUR_MS - 1),
      now: { ...NEW, returns: [NOW] },
    },
    {
      name: 'is when it came back before',
      before: over(HOUR_MS, { returns: [NOW - 7 * DAY_MS, NOW - HOUR_MS] }),
      now: { ...NEW, returns: [NOW - HOUR_MS, NOW] },
    },
    {
      name: 'is that it flaps, at the third time',
      before: over(HOUR_MS, { returns: [NOW - 2 * HOUR_MS, NOW - HOUR_MS] }),
      now: { ...NEW, returns: [NOW - 2 * HOUR_MS, NOW - HOUR_MS, NOW], flapping: true },
    },
    {
      name: 'is since when people believe it to be there, where they were not told that it was over',
      before: over(HOUR_MS, { notifiedAt: NOW - 2 * HOUR_MS }),
      now: {
        ...NEW,
        ...{ since: UNTOLD.since, notifiedAt: NOW - 2 * HOUR_MS, returns: [NOW] },
        incidentAt: UNTOLD.openedAt,
      },
    },
  ])('$name', ({ before, now }) => {
    expect(reopen(SEEN, before, NOW)).toStrictEqual(now);
  });
});

describe('a finding that comes and goes as it likes', () => {
  const severity = fc.constantFrom<Severity | undefined>('critical', 'warning', undefined, undefined);
  const stay = fc.tuple(severity, fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })));
  /** Runs every half hour for some days. */
  const sights = fc
    .array(stay, { minLength: 1, maxLength: 60 })
    .map((stays) =>
      stays
        .flatMap(([one, runs]) => Array.from({ length: runs }, () => one))
        .map((one, index) => ({ at: NOW + index * (HOUR_MS / 2), severity: one })),
    );

  const messages = (tellings: readonly Telling[]) => tellings.filter(({ news }) => hasNews(news));

  it('is never critical for more than a day without a word', () => {
    fc.assert(
      fc.property(sights, (given) => {
        const tellings = tell(given);
        const told = messages(tellings).map(({ at }) => at);
        for (const { at } of tellings.filter((one) => one.severity === 'critical'))
          expect(told.some((moment) => moment <= at && moment > at - DAY_MS)).toBe(true);
      }),
    );
  });

  it('is at most ten messages in any day, whatever it does', () => {
    fc.assert(
      fc.property(sights, (given) => {
        const told = messages(tell(given)).map(({ at }) => at);
        for (const from of told)
          expect(told.filter((at) => at >= from && at < from + DAY_MS).length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 300 },
    );
  });

  it('is told as over in the end, exactly when it is', () => {
    fc.assert(
      fc.property(sights, fc.boolean(), (given, isOver) => {
        const end = given.at(-1)?.at ?? NOW;
        const quiet = Array.from({ length: 60 }, (_, at) => ({
          at: end + (at + 1) * HOUR_MS,
          severity: isOver ? undefined : ('critical' as const),
        }));
        const last = messages(tell([...given, ...quiet])).at(-1)?.news;
        const wasEver = given.some((one) => one.severity !== undefined) || !isOver;
        if (wasEver) expect((last?.resolved.length ?? 0) > 0).toBe(isOver);
      }),
    );
  });

  it('stands in one list of a message at most, and is written once', () => {
    fc.assert(
      fc.property(sights, (given) => {
        for (const { news } of tell(given)) {
          const { opened, worsened, reminders, resolved } = news;
          expect([...opened, ...worsened, ...reminders, ...resolved].length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
