import { expect, it } from 'vitest';
import { stepsOf } from '../../../shared/model/advice.ts';
import type { Drill, DrillRefusal, DrillState } from '../../../shared/model/drill.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aDrill, aDrillState, drillContext, drilledPolicies } from '../../support/drills.ts';
import { findingsOf } from '../../support/find.ts';
import { describeHere, type Example, inDrills, textOf } from '../../support/kind-example.ts';
import { aTable, NO_MEMORY, NOW } from '../../support/world.ts';

export const example = (): Example =>
  inDrills(aDrillState({ past: [aDrill({ checkedAt: NOW - 12 * DAY_MS })] }));

const LONG_AGO = { plannedAt: NOW - 20 * DAY_MS, checkedAt: NOW - 20 * DAY_MS };
const PROVED = aDrill(LONG_AGO);
const RAN: Partial<Observation> = { drillsRanAt: NOW - 10 * MINUTE_MS };
const REFUSED: DrillRefusal = {
  ...{ policy: 'standard', reason: 'cap', since: NOW - 9 * DAY_MS, at: NOW - HOUR_MS },
  ...{ usd: 6, spentUsd: 17, capUsd: 20 },
};

const begun = (overrides: Partial<Drill>): Drill => {
  const {
    result: _r,
    endedAt: _e,
    checkedAt: _c,
    activeAt: _a,
    goneAt: _g,
    ...drill
  } = aDrill({
    plannedAt: NOW - 11 * HOUR_MS,
  });
  return { ...drill, phase: 'started', ...overrides };
};

const refusal: Failure = {
  kind: 'call',
  operation: 'RestoreTableFromBackup',
  code: 'LimitExceededException',
  message: 'Too many restores at once',
};

const overdue = (states: readonly DrillState[], observation: Partial<Observation> = RAN) =>
  findingsOf(drillContext(states, observation)).filter(({ kind }) => kind === 'drill-overdue');

describeHere(import.meta, 'drill-overdue', () => {
  it('reads so', () => {
    expect(textOf('drill-overdue', example())).toMatchInlineSnapshot(`
      "
      warning drill-overdue/Orders/standard table=Orders policy=standard cause=other drills are first
        Orders (policy standard) should be proved to be restorable every 7 days; it last was 2026-11-11 05:00 UTC. Its turn has not come: 0 others are due before it, and 0 of 5 are under way.
        12 days (every 7 days) since 2026-11-18T05:00:00Z
        Where this stays so, ask for fewer drills: a longer interval, or the level described, which restores nothing. What every run began:
          aws logs tail /aws/lambda/tablekeeper-prod-drill --since 1d
      "
    `);
  });
});

describeHere(import.meta, 'how late a drill may be', () => {
  it.each([
    { everyDays: 1, lateHours: 36 },
    { everyDays: 2, lateHours: 3 * 24 },
    { everyDays: 7, lateHours: 8 * 24 },
    { everyDays: 365, lateHours: 366 * 24 },
  ])(
    'every $everyDays days: it is overdue $lateHours hours after the last proof',
    ({ everyDays, lateHours }) => {
      const kindsAt = (ageMs: number) => {
        const past = [aDrill({ plannedAt: NOW - ageMs - HOUR_MS, checkedAt: NOW - ageMs })];
        const policies = drilledPolicies({ everyMs: everyDays * DAY_MS });
        const memory = { ...NO_MEMORY, drillsAsked: [{ policy: 'standard', since: NOW - 400 * DAY_MS }] };
        return findingsOf(drillContext([aDrillState({ past })], RAN, { policies, memory })).filter(
          ({ kind }) => kind === 'drill-overdue',
        );
      };
      expect(kindsAt(lateHours * HOUR_MS)).toEqual([]);
      expect(kindsAt(lateHours * HOUR_MS + 1)).toHaveLength(1);
    },
  );
});

describeHere(import.meta, 'what an overdue drill waits for', () => {
  const others = Array.from({ length: 6 }, (_, at) => `Other-${at}`);
  it.each<{
    name: string;
    state?: Partial<DrillState>;
    more?: readonly DrillState[];
    observation?: Partial<Observation>;
    says: string;
    shows: string;
  }>([
    {
      name: 'a function that never ran',
      observation: { drillsRanAt: null },
      says: 'The function of drills never ran.',
      shows: 'tablekeeper doctor',
    },
    {
      name: 'a function that ran last week, whatever it left',
      state: { refused: REFUSED },
      observation: { drillsRanAt: NOW - 7 * DAY_MS },
      says: 'The function of drills last ran 2026-11-1',
      shows: 'tablekeeper doctor',
    },
    {
      name: 'the cap',
      state: { refused: REFUSED },
      says: 'It would cost about $6.00, and the drills of this month cost $17.00 of $20.00 already.',
      shows: 'aws logs tail',
    },
    {
      name: 'a refusal that nobody repeated is none',
      state: { refused: { ...REFUSED, at: NOW - 3 * DAY_MS } },
      says: 'Its turn has not come: 0 others are due before it, and 0 of 5 are under way.',
      shows: 'aws logs tail',
    },
    {
      name: 'a refusal of another policy is none of this one',
      state: { refused: { ...REFUSED, policy: 'other' } },
      says: 'Its turn has not come',
      shows: 'aws logs tail',
    },
    {
      name: 'a bucket',
      state: { refused: { ...REFUSED, reason: 'no-bucket' } },
      says: 'The level sampled needs a bucket, and this deployment has none.',
      shows: 'tablekeeper doctor',
    },
    {
      name: 'something to restore',
      state: { refused: { ...REFUSED, reason: 'nothing-to-restore' } },
      says: 'The last run found nothing of it that could be restored.',
      shows: 'tablekeeper explain Orders',
    },
    {
      name: 'the quota of AWS',
      state: { current: begun({ phase: 'planned', putOff: refusal }) },
      says: 'AWS puts its restore off since 2026-11-2',
      shows: 'aws logs tail',
    },
    {
      name: 'its own end',
      state: { current: begun({}) },
      says: '(policy standard) waits for what AWS restores or exports.',
      shows: 'aws logs tail',
    },
    {
      name: 'one of another policy of the table, one at a time',
      state: { current: begun({ policy: 'other', phase: 'checking' }) },
      says: '(policy other) checks what was restored.',
      shows: 'aws logs tail',
    },
    {
      name: 'a table that cannot be deleted',
      state: {
        current: begun({
          phase: 'deleting',
          deletionFailing: { since: NOW - 9 * HOUR_MS, failure: refusal },
        }),
      },
      says: 'What its last drill made cannot be deleted since',
      shows: 'aws logs tail',
    },
    {
      name: 'the day after one that failed',
      state: { past: [aDrill({ result: 'failed', plannedAt: NOW - 5 * HOUR_MS }), PROVED] },
      says: 'failed.',
      shows: 'aws logs tail',
    },
    {
      name: 'its turn',
      more: others.map((table) => aDrillState({ table, current: begun({ table }) })),
      says: 'Its turn has not come: 0 others are due before it, and 5 of 5 are under way.',
      shows: 'aws logs tail',
    },
  ])('$name', ({ state = {}, more = [], observation = RAN, says, shows }) => {
    const [finding] = overdue([aDrillState({ past: [PROVED], ...state }), ...more], observation);
    expect(finding?.fact).toContain(says);
    const commands = finding === undefined ? [] : stepsOf(finding.advice).flatMap((step) => step.commands);
    expect(commands.map((command) => command.join(' ')).join()).toContain(shows);
  });

  it('counts the tables that are due before it', () => {
    const tables = ['Older', 'Orders'].map((name) => aTable({ name }));
    const older = aDrillState({
      table: 'Older',
      past: [aDrill({ table: 'Older', plannedAt: NOW - 29 * DAY_MS })],
    });
    const [, finding] = overdue([older, aDrillState({ past: [PROVED] })], { ...RAN, tables });
    expect(finding?.fact).toContain('1 other is due before it, and 0 of 5 are under way.');
  });

  it('has the same cause and advice for every table that waits for the same', () => {
    const names = ['Carts', 'Invoices', 'Orders', 'Users'];
    const found = overdue([], {
      drillsRanAt: NOW - 30 * DAY_MS,
      tables: names.map((name) => aTable({ name })),
    });
    expect(found.map(({ table }) => table)).toEqual(names);
    expect(new Set(found.map(({ cause }) => cause))).toEqual(
      new Set(['the function of drills does not run']),
    );
    expect(new Set(found.map(({ remedy }) => remedy)).size).toBe(1);
  });
});
