import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory, Regime } from '../../../shared/model/memory.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aPolicy,
  aRecoveryPoint,
  aTable,
  dailyRecoveryPoints,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput, expiriesIn } from './plan-input.ts';

const regime = (retention: Retention, since: number, overrides: Partial<Regime> = {}): Regime => ({
  schedule: '0 3 * * *',
  timezone: 'UTC',
  retention,
  since,
  seenAt: since,
  ...overrides,
});

const remembering = (...regimes: readonly Regime[]): Memory => ({
  ...NO_MEMORY,
  histories: [{ policy: 'standard', regimes }],
});

interface Given {
  readonly retention: Retention;
  readonly points: readonly RecoveryPoint[];
  readonly memory?: Memory;
  readonly observation?: Partial<PlanInput['observation']>;
  readonly guardrail?: { readonly maxShare: number; readonly floor: number };
  readonly approvedDigest?: string;
  readonly schedule?: string;
}

const decided = ({
  retention,
  points,
  schedule = '0 3 * * *',
  memory = NO_MEMORY,
  observation = {},
  guardrail,
  ...rest
}: Given) => {
  const policies = somePolicies({
    policies: [aPolicy({ retention, schedule })],
    ...(guardrail !== undefined && { guardrail }),
  });
  const input = aPlanInput({
    mode: 'expire',
    policies,
    memory,
    observation: anObservation({ recoveryPoints: points, ...observation }),
    ...rest,
  });
  return plan(input);
};

const refusal = (given: Given): string | undefined =>
  decided(given).findings.find(({ kind }) => kind === 'guardrail-refusal')?.measured;

const LONG_AGO = NOW - 400 * DAY_MS;

const yearly = (count: number): readonly RecoveryPoint[] =>
  Array.from({ length: count }, (_, year) =>
    aRecoveryPoint({ slot: year === 0 ? LATEST_SLOT : Date.UTC(2026 - year, 11, 31, 3) }),
  );

describe('an edit that costs a series more than its share is asked about', () => {
  it.each<Given & { readonly name: string; readonly says: string }>([
    {
      name: 'thirty of thirty-one',
      retention: { daily: 1 },
      points: dailyRecoveryPoints(31),
      says: '30 of 31 recovery points of Orders under standard (97 %)',
    },
    {
      name: 'five of six, small as it is',
      retention: { yearly: 1 },
      points: yearly(6),
      says: '5 of 6 recovery points of Orders under standard (83 %)',
    },
    {
      name: 'five of six, by the rules before',
      retention: { yearly: 1 },
      points: yearly(6),
      memory: remembering(regime({ yearly: 6 }, LONG_AGO), regime({ yearly: 1 }, NOW - HOUR_MS)),
      says: '5 of 6 recovery points of Orders under standard (83 %)',
    },
    {
      name: 'few of many, and nearly all of how far back they reach',
      retention: { daily: 30 },
      points: [...yearly(6).slice(1), ...dailyRecoveryPoints(30)],
      memory: remembering(regime({ daily: 30, yearly: 6 }, LONG_AGO), regime({ daily: 30 }, NOW - HOUR_MS)),
      says: '5 of 35 recovery points of Orders under standard, and with them 96 % of how far back they reach',
    },
    {
      name: 'a hold that was taken away after weeks',
      retention: { daily: 7 },
      points: dailyRecoveryPoints(60),
      memory: remembering(regime({ daily: 7 }, LONG_AGO)),
      says: '39 of 60 recovery points of Orders under standard (65 %)',
    },
  ])('$name', ({ says, ...given }) => {
    expect(refusal(given)).toBe(says);
    expect(expiriesIn(decided(given))).toEqual([]);
  });

  it('and says how many recovery points its command deletes, which is more than what is over the limit', () => {
    const given = {
      retention: { daily: 7 },
      points: dailyRecoveryPoints(60),
      memory: remembering(regime({ daily: 7 }, LONG_AGO)),
    };
    const { expiryDigest, findings } = decided(given);
    const said = findings.find(({ kind }) => kind === 'guardrail-refusal');
    expect(said?.fact).toContain(
      'The rules would delete 53 recovery points of Orders. Over the limit: 39 of',
    );
    expect(said?.advice?.commands.at(-1)).toContain(expiryDigest);
    expect(expiriesIn(decided({ ...given, approvedDigest: expiryDigest }))).toHaveLength(53);
  });

  it('whatever else there is: leftovers, a series on hold, other tables', () => {
    const more = ['Users', 'Carts', 'Held'].flatMap((tableName) => dailyRecoveryPoints(40, { tableName }));
    const gone = dailyRecoveryPoints(200, { policy: 'retired' });
    const older = dailyRecoveryPoints(200, { tableId: 'older' }).map((point) => ({
      ...point,
      id: `older ${point.id}`,
    }));
    const held = aTable({ name: 'Held', tags: { 'backup:policy': 'standard', 'backup:hold': 'true' } });
    const given = {
      retention: { daily: 1 },
      points: [...dailyRecoveryPoints(31), ...more, ...gone, ...older],
      observation: { tables: [aTable(), held] },
    };
    expect(refusal(given)).toBe('30 of 31 recovery points of Orders under standard (97 %)');
  });

  it('of three hundred tables as one finding that names them', () => {
    const names = Array.from({ length: 300 }, (_, at) => `table-${at}`);
    const found = decided({
      retention: { daily: 1 },
      points: names.flatMap((tableName) => dailyRecoveryPoints(5, { tableName })),
      observation: { tables: names.map((name) => aTable({ name })) },
    }).findings.filter(({ kind }) => kind === 'guardrail-refusal');
    expect(found).toHaveLength(1);
    expect(found[0]?.measured).toBe(
      '4 of 5 recovery points of table-0 under standard (80 %), the worst of 300 tables over the limit (1,200 recovery points in all)',
    );
    expect(found[0]?.fact).toContain('and 280 more');
  });

  it('says the worst of several tables with its own share, and not their sum', () => {
    const given = {
      retention: { daily: 7 },
      points: [
        ...dailyRecoveryPoints(16, { tableName: 'Carts' }),
        ...dailyRecoveryPoints(40),
        ...dailyRecoveryPoints(8, { tableName: 'Users' }),
      ],
      observation: { tables: ['Carts', 'Orders', 'Users'].map((name) => aTable({ name })) },
    };
    expect(refusal(given)).toBe(
      '33 of 40 recovery points of Orders under standard (83 %), the worst of 2 tables over the limit (42 recovery points in all)',
    );
  });

  it('until a person approves exactly that set', () => {
    const given = { retention: { daily: 1 }, points: dailyRecoveryPoints(31) };
    const { expiryDigest } = decided(given);
    expect(expiriesIn(decided({ ...given, approvedDigest: 'feedfeed' }))).toEqual([]);
    expect(expiriesIn(decided({ ...given, approvedDigest: expiryDigest }))).toHaveLength(30);
  });
});

describe('a digest that a person gave and that is of another set', () => {
  const given = { retention: { daily: 7 }, points: dailyRecoveryPoints(8) };

  it.each(['feedfeed', '', '0000000000000000'])(
    'lets nothing expire, though the guardrail would: %j',
    (approvedDigest) => {
      expect(expiriesIn(decided(given))).toHaveLength(1);
      const other = decided({ ...given, approvedDigest });
      expect(expiriesIn(other)).toEqual([]);
      expect(other.otherApproval).toBe(approvedDigest);
    },
  );

  it('leaves the memory of what edits cost as it was', () => {
    const loss = { table: 'Orders', tableId: 'table-1', policy: 'standard', madeAt: [LONG_AGO] };
    const memory = { ...NO_MEMORY, losses: [loss] };
    expect(decided({ ...given, memory, approvedDigest: 'feedfeed' }).memory.losses).toEqual([loss]);
  });

  it('is nothing where it is that of the set', () => {
    const same = decided({ ...given, approvedDigest: decided(given).expiryDigest });
    expect(expiriesIn(same)).toHaveLength(1);
    expect(same.otherApproval).toBeUndefined();
  });
});

describe('what steady operation takes is not asked about', () => {
  it.each<Given & { readonly name: string; readonly expires: number }>([
    {
      name: 'exactly the share',
      retention: { daily: 5 },
      points: dailyRecoveryPoints(10),
      expires: 5,
    },
    {
      name: 'ten days of an outage of prune',
      retention: { daily: 3 },
      points: dailyRecoveryPoints(13),
      memory: remembering(regime({ daily: 3 }, LONG_AGO)),
      expires: 10,
    },
    {
      name: 'a young hourly history of which nobody remembers the rules',
      retention: { last: 1 },
      schedule: '0 * * * *',
      points: Array.from({ length: 7 }, (_, hour) => aRecoveryPoint({ slot: NOW - HOUR_MS * (6 - hour) })),
      expires: 6,
    },
  ])('$name', ({ expires, ...given }) => {
    expect(refusal(given)).toBeUndefined();
    expect(expiriesIn(decided(given))).toHaveLength(expires);
  });
});

describe('a history from before backups stood still', () => {
  const within = (count: number): Retention => ({ within: { years: 0, months: 0, days: count, hours: 0 } });
  /** So many daily ones since, a pause, and so many before it. */
  const broken = (since: number, pauseDays: number, before: number): readonly RecoveryPoint[] => [
    ...dailyRecoveryPoints(since),
    ...Array.from({ length: before }, (_, at) =>
      aRecoveryPoint({ slot: LATEST_SLOT - (since - 1 + pauseDays + at) * DAY_MS }),
    ),
  ];
  const steady = (retention: Retention) => remembering(regime(retention, LONG_AGO));
  const minutes = (from: number, count: number, step: number): readonly RecoveryPoint[] =>
    Array.from({ length: count }, (_, at) => aRecoveryPoint({ slot: from - at * step }));

  it.each<Given & { readonly name: string; readonly says: string }>([
    {
      name: 'goes at once by within',
      retention: within(14),
      points: broken(1, 20, 14),
      memory: steady(within(14)),
      says: '14 of 14 recovery points of Orders under standard (100 %)',
    },
    {
      name: 'goes by within beside a rule that counts',
      retention: { ...within(14), daily: 3 },
      points: broken(1, 20, 14),
      memory: steady({ ...within(14), daily: 3 }),
      says: '12 of 14 recovery points of Orders under standard (86 %)',
    },
    {
      name: 'goes although prune had stood still before as well',
      retention: within(5),
      points: broken(1, 12, 30),
      memory: steady(within(5)),
      says: '5 of 5 recovery points of Orders under standard (100 %)',
    },
    {
      name: 'goes in a second break, the first long past',
      retention: { ...within(6), monthly: 3 },
      points: [...broken(1, 15, 7), aRecoveryPoint({ slot: LATEST_SLOT - 90 * DAY_MS })],
      memory: steady({ ...within(6), monthly: 3 }),
      says: '6 of 7 recovery points of Orders under standard (86 %)',
    },
    {
      name: 'goes by an edit of within made while nothing was',
      retention: within(10),
      points: broken(1, 20, 14),
      memory: remembering(regime(within(14), LONG_AGO), regime(within(10), NOW - 5 * DAY_MS)),
      says: '14 of 14 recovery points of Orders under standard (100 %)',
    },
    {
      name: 'of hours goes by an edit to a slower schedule',
      retention: within(2),
      schedule: '0 3 * * *',
      points: [aRecoveryPoint({ slot: LATEST_SLOT }), ...minutes(LATEST_SLOT - 7 * DAY_MS, 48, HOUR_MS)],
      memory: remembering(
        regime(within(2), LONG_AGO, { schedule: '0 * * * *' }),
        regime(within(2), LATEST_SLOT - 6 * DAY_MS, { schedule: '0 3 * * *' }),
      ),
      says: '48 of 48 recovery points of Orders under standard (100 %)',
    },
    {
      name: 'of hours goes at the second slot of a slower schedule, the first having come at once',
      retention: within(2),
      schedule: '0 3 * * *',
      points: [aRecoveryPoint({ slot: LATEST_SLOT }), ...minutes(LATEST_SLOT - 7 * DAY_MS, 48, HOUR_MS)],
      memory: remembering(
        regime(within(2), LONG_AGO, { schedule: '0 * * * *' }),
        regime(within(2), LATEST_SLOT - 7 * DAY_MS - HOUR_MS / 2, { schedule: '0 3 * * *' }),
      ),
      says: '48 of 48 recovery points of Orders under standard (100 %)',
    },
  ])('$name: asks', ({ says, ...given }) => {
    expect(refusal(given)).toBe(says);
    expect(expiriesIn(decided(given))).toEqual([]);
  });

  it.each<Given & { readonly name: string; readonly expires: number }>([
    {
      name: 'that more than half was made since',
      retention: within(14),
      points: broken(8, 20, 14),
      memory: steady(within(14)),
      expires: 14,
    },
    {
      name: 'that a rule pushes out that counts',
      retention: { daily: 7, last: 2 },
      points: broken(6, 20, 7),
      memory: steady({ daily: 7, last: 2 }),
      expires: 6,
    },
    {
      name: 'with the days on which there is no slot',
      retention: { ...within(3), last: 1 },
      schedule: '0 3 * * 1,2,3',
      points: [0, 5, 6, 7].map((day) => aRecoveryPoint({ slot: LATEST_SLOT - day * DAY_MS })),
      memory: remembering(regime({ ...within(3), last: 1 }, LONG_AGO, { schedule: '0 3 * * 1,2,3' })),
      expires: 3,
    },
    {
      name: 'of less than half, for the pause was short',
      retention: within(20),
      points: broken(1, 8, 20),
      memory: steady(within(20)),
      expires: 8,
    },
  ])('$name: does not ask', ({ expires, ...given }) => {
    expect(refusal(given)).toBeUndefined();
    expect(expiriesIn(decided(given))).toHaveLength(expires);
  });

  it('is not remembered as what an edit cost', () => {
    const given = { retention: within(14), points: broken(8, 20, 14), memory: steady(within(14)) };
    expect(decided(given).memory.losses).toBeUndefined();
  });
});

describe('slots of an earlier schedule that nobody made', () => {
  const HOURLY = { schedule: '0 * * * *' };
  const at = (...days: readonly number[]) =>
    days.map((day) => aRecoveryPoint({ slot: LATEST_SLOT - day * DAY_MS }));
  const hourly = (count: number, from: number) =>
    Array.from({ length: count }, (_, hour) => aRecoveryPoint({ slot: from - hour * HOUR_MS }));
  /** What a time of so many days between an edit and the next backup looks like. */
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, day) => from + day);

  it.each<Given & { readonly name: string; readonly says: string }>([
    {
      name: 'while backups stood still after the edit push nothing out',
      retention: { last: 2 },
      points: at(0, ...range(41, 46)),
      memory: remembering(
        regime({ daily: 6 }, LONG_AGO, { schedule: '0 1 * * *' }),
        regime({ last: 2 }, LATEST_SLOT - 40 * DAY_MS),
      ),
      says: '4 of 6 recovery points of Orders under standard (67 %)',
    },
    {
      name: 'nor where the zone alone was edited with the retention',
      retention: { last: 1 },
      points: at(0, 41, 42, 43, 44),
      memory: remembering(
        regime({ last: 4 }, LONG_AGO, { timezone: 'Africa/Cairo' }),
        regime({ last: 1 }, LATEST_SLOT - 40 * DAY_MS),
      ),
      says: '3 of 4 recovery points of Orders under standard (75 %)',
    },
    {
      name: 'nor where two backups were made since',
      retention: { last: 1 },
      points: at(0, 1, 41, 42, 43, 44),
      memory: remembering(
        regime({ last: 4 }, LONG_AGO, { schedule: '0 1 * * *' }),
        regime({ last: 1 }, LATEST_SLOT - 40 * DAY_MS),
      ),
      says: '2 of 4 recovery points of Orders under standard, and with them 75 % of how far back they reach',
    },
    {
      name: 'nor in a month under an edit in between',
      retention: { last: 1 },
      points: [
        ...at(0),
        ...[41, 42, 43, 44].map((day) => aRecoveryPoint({ slot: LATEST_SLOT - day * DAY_MS - 2 * HOUR_MS })),
      ],
      memory: remembering(
        regime({ last: 4 }, LONG_AGO, { schedule: '0 1 * * *' }),
        regime({ last: 4 }, LATEST_SLOT - 40 * DAY_MS, { schedule: '0 2 * * *' }),
        regime({ last: 1 }, LATEST_SLOT - 20 * DAY_MS),
      ),
      says: '3 of 4 recovery points of Orders under standard (75 %)',
    },
    {
      name: 'and are yet to come push nothing out',
      retention: { last: 1 },
      points: hourly(24, LATEST_SLOT),
      memory: remembering(
        regime({ last: 24 }, LONG_AGO, HOURLY),
        regime({ last: 1 }, LATEST_SLOT - HOUR_MS / 2),
      ),
      says: '21 of 24 recovery points of Orders under standard (88 %)',
    },
  ])('$name: asks', ({ says, ...given }) => {
    expect(refusal(given)).toBe(says);
    expect(expiriesIn(decided(given))).toEqual([]);
  });

  it.each<Given & { readonly name: string; readonly expires: number }>([
    {
      name: 'that the present rules dropped since were made',
      retention: { daily: 14, monthly: 12 },
      points: at(...range(0, 14), 25),
      memory: remembering(
        regime({ daily: 30 }, LONG_AGO, { schedule: '0 1 * * *' }),
        regime({ daily: 14, monthly: 12 }, LATEST_SLOT - 20 * DAY_MS + HOUR_MS),
      ),
      expires: 1,
    },
    {
      name: 'that slower backups stand for were made',
      retention: { last: 2 },
      schedule: '0 3 * * *',
      points: [...at(0, 1), ...hourly(24, LATEST_SLOT - 2 * DAY_MS)],
      memory: remembering(
        regime({ last: 24 }, LONG_AGO, HOURLY),
        regime({ last: 2 }, LATEST_SLOT - 2 * DAY_MS + HOUR_MS / 2),
      ),
      expires: 24,
    },
    {
      name: 'that the zone brings a little earlier now is made',
      retention: { last: 1 },
      points: at(0, 1),
      memory: remembering(
        regime({ last: 1 }, LONG_AGO, { schedule: '0 9 * * *' }),
        regime({ last: 1 }, LATEST_SLOT - HOUR_MS / 2),
      ),
      expires: 1,
    },
  ])('$name: does not ask', ({ expires, ...given }) => {
    expect(refusal(given)).toBeUndefined();
    expect(expiriesIn(decided(given))).toHaveLength(expires);
  });
});

it('an edit made a moment ago, under which no slot has come yet, is measured too', () => {
  const within = { years: 0, months: 0, days: 5, hours: 0 };
  const memory = remembering(regime({ within }, LONG_AGO, { schedule: '0 3 1 1 *' }));
  const given = { retention: { daily: 1 }, points: dailyRecoveryPoints(10), memory };
  expect(refusal(given)).toBeDefined();
});

describe('what an edit cost', () => {
  const edited = remembering(regime({ daily: 10 }, LONG_AGO), regime({ daily: 6 }, NOW - HOUR_MS));
  const given = { retention: { daily: 6 }, points: dailyRecoveryPoints(10), memory: edited };

  it('is remembered while the rules before would keep it', () => {
    const { memory } = decided(given);
    expect(memory.losses).toMatchObject([{ table: 'Orders', policy: 'standard' }]);
    expect(memory.losses?.[0]?.madeAt).toHaveLength(4);
  });

  it('adds up from run to run', () => {
    const { memory } = decided(given);
    const further = remembering(
      regime({ daily: 10 }, LONG_AGO),
      regime({ daily: 6 }, NOW - HOUR_MS),
      regime({ daily: 4 }, NOW),
    );
    const next = {
      retention: { daily: 4 },
      points: dailyRecoveryPoints(6),
      memory: { ...further, losses: memory.losses ?? [] },
    };
    expect(refusal(next)).toBe('6 of 10 recovery points of Orders under standard (60 %)');
    expect(refusal({ ...next, memory: further })).toBeUndefined();
  });

  it('is not added up where a person approved it', () => {
    const { expiryDigest } = decided(given);
    expect(decided({ ...given, approvedDigest: expiryDigest }).memory.losses).toBeUndefined();
  });
});
