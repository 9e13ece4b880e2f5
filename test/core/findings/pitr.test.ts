import { describe, expect, it } from 'vitest';
import { pitrOffFinder } from '../../../shared/core/findings/pitr-off.ts';
import { pitrWindowRestartedFinder } from '../../../shared/core/findings/pitr-window-restarted.ts';
import { pitrWindowShortFinder } from '../../../shared/core/findings/pitr-window-short.ts';
import { restorableLagFinder } from '../../../shared/core/findings/restorable-lag.ts';
import { switchPitrOnCommand, whoChangedCommand } from '../../../shared/core/text/commands.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { PitrBaseline } from '../../../shared/model/memory.ts';
import type { Pitr, TaggedTable } from '../../../shared/model/table.ts';
import { aContext } from '../../support/check-context.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aTable,
  aTaggedTable,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
  TARGET,
  tableIdOf,
} from '../../support/world.ts';

const seeing = (table: TaggedTable) => ({ observation: anObservation({ tables: [table] }) });

describe('pitr-off', () => {
  it.each([
    { name: 'is found when PITR is off and promised', table: aTable({ pitr: PITR_OFF }), found: 1 },
    { name: 'is not found while PITR is on', table: aTable(), found: 0 },
    {
      name: 'is not found where PITR was not read',
      table: aTaggedTable({ details: someDetails('Orders') }),
      found: 0,
    },
    {
      name: 'is not found where the table was not confirmed',
      table: aTaggedTable({ pitr: PITR_OFF }),
      found: 0,
    },
    {
      name: 'is not found of a table that opted out',
      table: aTable({ tags: { 'backup:policy': 'none' }, pitr: PITR_OFF }),
      found: 0,
    },
    {
      name: 'is not found of a table that is being deleted',
      table: aTable({ pitr: PITR_OFF, details: someDetails('Orders', { status: 'DELETING' }) }),
      found: 0,
    },
    {
      name: 'is not found of a table that is being made',
      table: aTable({ pitr: PITR_OFF, details: someDetails('Orders', { status: 'CREATING' }) }),
      found: 0,
    },
    {
      name: 'is found of a table whose key is out of reach',
      table: aTable({
        pitr: PITR_OFF,
        details: someDetails('Orders', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }),
      }),
      found: 1,
    },
  ])('$name', ({ table, found }) => {
    expect(pitrOffFinder.find(aContext(seeing(table)))).toHaveLength(found);
  });

  it('is not found where no policy promises PITR', () => {
    const policies = somePolicies({ policies: [aPolicyWithoutPitr()] });
    expect(pitrOffFinder.find(aContext({ ...seeing(aTable({ pitr: PITR_OFF })), policies }))).toEqual([]);
  });

  it('says what is promised, since when, and the command that mends it', () => {
    const policies = somePolicies({
      policies: [
        aPolicy({ name: 'critical', pitr: { recoveryPeriodDays: 14, onDrift: 'alert' } }),
        aPolicy({ pitr: { recoveryPeriodDays: 21, onDrift: 'alert' } }),
      ],
    });
    const table = aTable({ tags: { 'backup:policy': 'standard+critical' }, pitr: PITR_OFF });
    expect(pitrOffFinder.find(aContext({ ...seeing(table), policies }))).toEqual([
      {
        id: 'pitr-off/Orders',
        kind: 'pitr-off',
        severity: 'critical',
        table: 'Orders',
        fact: 'Point-in-time recovery of Orders is off; critical and standard promise 21 days.',
        measured: 'off',
        promised: 'on, 21 days',
        since: NOW,
        advice: {
          say: 'Switch it on and see who switched it off:',
          commands: [switchPitrOnCommand('Orders', 21, TARGET), whoChangedCommand('Orders', TARGET)],
        },
        remedy: expect.any(String),
        needs: '21 days',
      },
    ]);
  });

  it('says that this run mends it, where it does', () => {
    const repair = {
      kind: 'enable-pitr' as const,
      table: 'Orders',
      tableId: tableIdOf('Orders'),
      recoveryPeriodDays: 35,
      reason: 'off',
    };
    const coverage = { tables: 1, seenAt: NOW };
    const window = { earliestRestorableAt: NOW - DAY_MS, recoveryPeriodDays: 35 };
    const seenOn = {
      coverage,
      pitrBaselines: [{ table: 'Orders', tableId: tableIdOf('Orders'), ...window }],
    };
    const foundWith = (given: Parameters<typeof aContext>[0]) =>
      pitrOffFinder.find(
        aContext({ ...seeing(aTable({ pitr: PITR_OFF })), plannedRepairs: [repair], ...given }),
      )[0];
    expect(foundWith({ memory: seenOn })).toMatchObject({
      severity: 'critical',
      advice: { say: 'This run switches it on again. See who switched it off:' },
    });
    const anotherOne = { coverage, pitrBaselines: [{ table: 'Orders', tableId: 'former', ...window }] };
    for (const memory of [{ coverage, pitrBaselines: [] }, anotherOne])
      expect(foundWith({ memory })).toMatchObject({
        severity: 'info',
        advice: { say: 'No run has seen it on before, and this one switches it on.', commands: [] },
      });
    const open = anOpenFinding({ id: 'pitr-off/Orders', severity: 'info' });
    expect(foundWith({ openFindings: [open] })?.severity).toBe('critical');
  });
});

describe('pitr-window-short', () => {
  it.each([
    { name: 'is not found at exactly the promised period', days: 35, found: [] },
    { name: 'is found a day below it', days: 34, found: ['34 days'] },
    { name: 'speaks of one day as one', days: 1, found: ['1 day'] },
  ])('$name', ({ days, found }) => {
    const table = aTable({ pitr: aPitr({ recoveryPeriodDays: days }) });
    expect(pitrWindowShortFinder.find(aContext(seeing(table))).map(({ measured }) => measured)).toEqual(
      found,
    );
  });

  it('is not found while PITR is off, which is a finding of its own', () => {
    const table = aTable({ pitr: { enabled: false, recoveryPeriodDays: 7 } });
    expect(pitrWindowShortFinder.find(aContext(seeing(table)))).toEqual([]);
  });

  it('is not found of a window that is young and still growing', () => {
    const table = aTable({ pitr: aPitr({ earliestRestorableAt: NOW - HOUR_MS }) });
    expect(pitrWindowShortFinder.find(aContext(seeing(table)))).toEqual([]);
  });
});

describe('pitr-window-restarted', () => {
  const baseline = (given: Partial<PitrBaseline> = {}): PitrBaseline => ({
    table: 'Orders',
    tableId: tableIdOf('Orders'),
    earliestRestorableAt: NOW - 35 * DAY_MS - 6 * HOUR_MS,
    recoveryPeriodDays: 35,
    ...given,
  });
  const starting = (earliestRestorableAt: number, given: Partial<Pitr> = {}) =>
    aTable({ pitr: aPitr({ earliestRestorableAt, ...given }) });

  it.each([
    {
      name: 'is found when the window starts a day ago',
      before: baseline(),
      table: starting(NOW - DAY_MS),
      found: 1,
    },
    {
      name: 'is not found of a window that slid on',
      before: baseline(),
      table: starting(NOW - 35 * DAY_MS),
      found: 0,
    },
    {
      name: 'is not found an hour later than arithmetic says',
      before: baseline(),
      table: starting(NOW - 35 * DAY_MS + HOUR_MS),
      found: 0,
    },
    {
      name: 'is found a moment later than that',
      before: baseline(),
      table: starting(NOW - 35 * DAY_MS + HOUR_MS + 1),
      found: 1,
    },
    {
      name: 'is not found when the period was made longer, from 7 days to 35',
      before: baseline({ recoveryPeriodDays: 7, earliestRestorableAt: NOW - 7 * DAY_MS - HOUR_MS }),
      table: starting(NOW - 7 * DAY_MS),
      found: 0,
    },
    {
      name: 'is not found when the period was made shorter, from 35 days to 7',
      before: baseline(),
      table: starting(NOW - 7 * DAY_MS, { recoveryPeriodDays: 7 }),
      found: 0,
    },
    {
      name: 'is not found of a young table whose window grows from its creation',
      before: baseline({ earliestRestorableAt: NOW - 2 * DAY_MS }),
      table: starting(NOW - 2 * DAY_MS),
      found: 0,
    },
    {
      name: 'is not found of a table made again, which has another window',
      before: baseline({ tableId: 'another' }),
      table: starting(NOW - DAY_MS),
      found: 0,
    },
    {
      name: 'stays while the window has not grown back',
      before: baseline({ earliestRestorableAt: NOW - 20 * DAY_MS, restartedAt: NOW - 20 * DAY_MS }),
      table: starting(NOW - 20 * DAY_MS),
      found: 1,
    },
    {
      name: 'is over once the window has grown back to the promise',
      before: baseline({ earliestRestorableAt: NOW - 35 * DAY_MS, restartedAt: NOW - 35 * DAY_MS }),
      table: starting(NOW - 35 * DAY_MS),
      found: 0,
    },
    {
      name: 'is not found while PITR is off',
      before: baseline(),
      table: aTable({ pitr: PITR_OFF }),
      found: 0,
    },
  ])('$name', ({ before, table, found }) => {
    const memory = { pitrBaselines: [before] };
    expect(pitrWindowRestartedFinder.find(aContext({ ...seeing(table), memory }))).toHaveLength(found);
  });

  it('is not found at the first sight of a table, which cannot be compared with anything', () => {
    expect(pitrWindowRestartedFinder.find(aContext(seeing(starting(NOW - HOUR_MS))))).toEqual([]);
  });

  it('says how far back the table can be restored, and since when', () => {
    const memory = { pitrBaselines: [baseline()] };
    const context = aContext({ ...seeing(starting(NOW - 13 * HOUR_MS)), memory });
    expect(pitrWindowRestartedFinder.find(context)[0]).toMatchObject({
      id: 'pitr-window-restarted/Orders',
      severity: 'warning',
      fact:
        'Orders can be restored no further back than 2026-11-22 16:00 UTC (13 h ago): point-in-time recovery was switched off and on again, or kept for fewer days for a while; ' +
        'standard promises 35 days.',
      measured: '13 h',
      promised: '35 days',
      since: NOW - 13 * HOUR_MS,
    });
  });
});

describe('restorable-lag', () => {
  it.each([
    { name: 'is not found at the usual five minutes', lagMs: 5 * MINUTE_MS, found: [] },
    { name: 'is not found at exactly fifteen minutes', lagMs: 15 * MINUTE_MS, found: [] },
    { name: 'is found a moment later', lagMs: 15 * MINUTE_MS + 1, found: ['15 min'] },
    { name: 'tells hours as hours', lagMs: 5 * HOUR_MS, found: ['5 h'] },
  ])('$name', ({ lagMs, found }) => {
    const table = aTable({ pitr: aPitr({ latestRestorableAt: NOW - lagMs }) });
    expect(restorableLagFinder.find(aContext(seeing(table))).map(({ measured }) => measured)).toEqual(found);
  });

  it('is not found while PITR is off', () => {
    expect(restorableLagFinder.find(aContext(seeing(aTable({ pitr: PITR_OFF }))))).toEqual([]);
  });
});

describe('of a window of which little is known', () => {
  const restarted: PitrBaseline = {
    table: 'Orders',
    tableId: tableIdOf('Orders'),
    earliestRestorableAt: NOW - DAY_MS,
    recoveryPeriodDays: 35,
    restartedAt: NOW - DAY_MS,
  };

  const kindsOf = (pitr: Pitr) => {
    const context = aContext({ ...seeing(aTable({ pitr })), memory: { pitrBaselines: [restarted] } });
    return [pitrWindowRestartedFinder, pitrWindowShortFinder]
      .flatMap((check) => check.find(context))
      .map(({ kind }) => kind);
  };

  it.each([
    {
      name: 'where it began again, that is found',
      pitr: aPitr({ earliestRestorableAt: NOW - DAY_MS }),
      found: ['pitr-window-restarted'],
    },
    { name: 'while it is off, nothing more is', pitr: PITR_OFF, found: [] },
    {
      name: 'while it is off, though a window is shown, nothing more is',
      pitr: aPitr({ enabled: false, earliestRestorableAt: NOW - DAY_MS }),
      found: [],
    },
    { name: 'where neither start nor period was told, nothing is', pitr: { enabled: true }, found: [] },
  ])('$name', ({ pitr, found }) => {
    expect(kindsOf(pitr)).toEqual(found);
  });
});
