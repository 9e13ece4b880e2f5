import { describe, expect, it } from 'vitest';
import { askingOf, nextHistories, regimesOf } from '../../../shared/core/scene/regimes.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory, PolicyHistory } from '../../../shared/model/memory.ts';
import { aPolicy, NO_MEMORY, NOW, somePolicies } from '../../support/world.ts';

const nothingOlder = () => undefined;

/** What is remembered after runs at these moments saw these policies. */
const rememberedAfter = (
  runs: readonly (readonly [days: number, overrides: Parameters<typeof aPolicy>[0]])[],
  oldest: (policy: string) => number | undefined = nothingOlder,
): readonly PolicyHistory[] => {
  let memory: Memory = NO_MEMORY;
  for (const [days, overrides] of runs) {
    const now = NOW + days * DAY_MS;
    const regimes = regimesOf(memory, somePolicies({ policies: [aPolicy(overrides)] }), now);
    memory = { ...memory, histories: nextHistories(memory.histories ?? [], regimes, oldest, now) };
  }
  return memory.histories ?? [];
};

const told = (histories: readonly PolicyHistory[]) =>
  histories.map(({ policy, regimes }) => [
    policy,
    ...regimes.map(
      ({ schedule, since, seenAt }) => `${schedule} ${(since - NOW) / DAY_MS}-${(seenAt - NOW) / DAY_MS}`,
    ),
  ]);

describe('what is remembered of the rules of a policy', () => {
  it('begins with the first run, and is written again once a day', () => {
    expect(told(rememberedAfter([[0, {}]]))).toEqual([['standard', '0 3 * * * 0-0']]);
    expect(
      told(
        rememberedAfter([
          [0, {}],
          [0.5, {}],
        ]),
      ),
    ).toEqual([['standard', '0 3 * * * 0-0']]);
    expect(
      told(
        rememberedAfter([
          [0, {}],
          [1, {}],
          [1.5, {}],
        ]),
      ),
    ).toEqual([['standard', '0 3 * * * 0-1']]);
  });

  it.each([
    { name: 'the schedule', overrides: { schedule: '0 4 * * *' } },
    { name: 'the zone', overrides: { timezone: 'Asia/Seoul' } },
    { name: 'the retention', overrides: { retention: { daily: 8 } } },
  ])('an edit of $name begins another regime', ({ overrides }) => {
    expect(
      rememberedAfter([
        [0, {}],
        [3, overrides],
      ])[0]?.regimes,
    ).toHaveLength(2);
  });

  it('an edit of what neither asks nor keeps begins none, and neither does another order of the same rules', () => {
    expect(
      rememberedAfter([
        [0, {}],
        [3, { rpoMs: HOUR_MS }],
      ])[0]?.regimes,
    ).toHaveLength(1);
    const [one, other] = [
      { daily: 7, weekly: 4 },
      { weekly: 4, daily: 7 },
    ];
    expect(
      rememberedAfter([
        [0, { retention: one }],
        [3, { retention: other }],
      ])[0]?.regimes,
    ).toHaveLength(1);
  });

  it('is forgotten once nothing is left that was made under it', () => {
    const edited = [
      [0, {}],
      [3, { schedule: '0 4 * * *' }],
    ] as const;
    expect(told(rememberedAfter(edited, () => NOW + 2 * DAY_MS))[0]).toHaveLength(3);
    expect(told(rememberedAfter(edited, () => NOW + 4 * DAY_MS))[0]).toEqual(['standard', '0 4 * * * 3-3']);
  });

  it('stays for 400 days when the policy leaves the file', () => {
    const other = { name: 'other' };
    expect(
      told(
        rememberedAfter([
          [0, {}],
          [399, other],
        ]),
      ).map(([policy]) => policy),
    ).toEqual(['other', 'standard']);
    expect(
      told(
        rememberedAfter([
          [0, {}],
          [400, other],
        ]),
      ).map(([policy]) => policy),
    ).toEqual(['other']);
  });

  it('does not grow with edits for ever', () => {
    const flips = Array.from({ length: 120 }, (_, day) => [day, { schedule: `0 ${day % 2} * * *` }] as const);
    expect(rememberedAfter(flips)[0]?.regimes).toHaveLength(50);
  });

  it('that a clock ran ahead as it was written makes nothing unknown', () => {
    const ahead = rememberedAfter([[30, {}]]);
    const regimes = regimesOf({ ...NO_MEMORY, histories: ahead }, somePolicies(), NOW);
    expect(regimes.get('standard')).toMatchObject([{ since: NOW, seenAt: NOW }]);
  });
});

describe('rules that cannot be gone by', () => {
  it.each([
    { name: 'a schedule that is none', odd: { schedule: 'whenever' } },
    { name: 'a zone that is none', odd: { timezone: 'Nowhere/Else' } },
  ])('are not remembered: $name', ({ odd }) => {
    const regime = {
      schedule: '0 3 * * *',
      timezone: 'UTC',
      retention: { last: 1 },
      since: NOW - 9,
      seenAt: NOW,
    };
    const histories = [{ policy: 'standard', regimes: [{ ...regime, ...odd }] }];
    const regimes = regimesOf({ ...NO_MEMORY, histories }, somePolicies(), NOW);
    expect(regimes.get('standard')).toMatchObject([{ since: NOW }]);
  });
});

describe('who may have asked when', () => {
  it('the new schedule from the last time that the old one was seen, the old one until the new one was, and an hour', () => {
    const [history] = rememberedAfter([
      [0, {}],
      [1, {}],
      [1.5, { schedule: '0 4 * * *' }],
    ]);
    expect(askingOf(history?.regimes ?? [])).toEqual({
      knownSince: NOW,
      eras: [
        {
          schedule: { schedule: '0 3 * * *', timezone: 'UTC' },
          from: Number.NEGATIVE_INFINITY,
          until: NOW + 1.5 * DAY_MS + HOUR_MS,
        },
        {
          schedule: { schedule: '0 4 * * *', timezone: 'UTC' },
          from: NOW + DAY_MS - HOUR_MS,
          until: Number.POSITIVE_INFINITY,
        },
      ],
    });
  });
});
