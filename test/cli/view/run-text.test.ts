import { describe, expect, it } from 'vitest';
import { plainPaint } from '../../../cli/view/colour.ts';
import { type RunView, runLines } from '../../../cli/view/run-text.ts';
import type { Action, CreateAction } from '../../../shared/model/action.ts';
import type { Outcome, OutcomeStatus } from '../../../shared/model/outcome.ts';
import { MARKED } from '../../core/messages/marked.ts';
import { anOutcome } from '../../support/attempts.ts';
import { anOpenFinding, aPlan, aRecoveryPoint, LATEST_SLOT } from '../../support/world.ts';

const createOf = (table: string): CreateAction => ({
  kind: 'create',
  engine: 'dynamodb',
  table,
  tableId: 'id',
  policy: 'standard',
  slot: LATEST_SLOT,
  name: 'n',
  urgency: 1,
  reason: 'it is due',
});

const outcome = (status: OutcomeStatus, reason: string, table = 'Orders'): Outcome =>
  anOutcome(createOf(table), status, reason);

const many = (count: number, status: OutcomeStatus, reason: string): readonly Outcome[] =>
  Array.from({ length: count }, (_, index) => outcome(status, reason, `table-${index}`));

const PLAN = aPlan({ mode: 'protect' });

const viewOf = (overrides: Partial<RunView>): RunView => ({
  name: 'backup',
  instance: 'prod',
  dryRun: false,
  plan: PLAN,
  outcomes: [],
  openFindings: [],
  calls: [{ calls: 12, throttles: 0 }],
  durationMs: 3_400,
  ...overrides,
});

const textOf = (overrides: Partial<RunView>): string =>
  runLines(viewOf(overrides), { paint: plainPaint }).join('\n');

describe('a run as text', () => {
  it('has counts first, then what failed and was refused in full, then what was put off by reason', () => {
    const outcomes = [
      ...many(2, 'done', 'made'),
      outcome('failed', 'the service is on fire', 'Carts'),
      outcome('refused', 'it may not be', 'Users'),
      ...many(30, 'deferred', 'the time of this run ended before its turn'),
      ...many(1, 'deferred', 'another run holds the claim on this slot'),
    ];
    expect(textOf({ outcomes, calls: [{ calls: 1200, throttles: 2 }] })).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      backup: 2 recovery points created, 1 failed, 1 refused, 31 deferred (3 s, 1,200 calls, 2 of them throttled)

      1 failed
        +  Carts  standard  2026-11-23 03:00Z  the service is on fire

      1 refused
        +  Users  standard  2026-11-23 03:00Z  it may not be

      31 deferred, due again at the next run
        30  the time of this run ended before its turn
        1   another run holds the claim on this slot

      2 done
        +  table-0  standard  2026-11-23 03:00Z  made
        +  table-1  standard  2026-11-23 03:00Z  made

      No findings"
    `);
  });

  it.each([
    { name: 'a run without actions', view: {}, says: 'backup: nothing to do (3 s, 12 calls)' },
    {
      name: 'over twenty that went well are only counted',
      view: { outcomes: many(21, 'done', 'made') },
      says: 'backup: 21 recovery points created (3 s, 12 calls)\n\nNo findings',
    },
    {
      name: 'every failure is listed, however many',
      view: { outcomes: many(50, 'failed', 'no') },
      says: '+  table-49  standard  2026-11-23 03:00Z  no',
    },
    {
      name: 'a dry run without actions',
      view: { dryRun: true },
      says: 'backup, dry run: nothing was changed and nobody was alerted (3 s, 12 calls)\n\n· nothing to do',
    },
  ])('$name', ({ view, says }) => {
    expect(textOf(view)).toContain(says);
  });

  it('lists twenty that went well', () => {
    expect(textOf({ outcomes: many(20, 'done', 'made') })).toContain('20 done\n  +  table-0');
  });

  const expire: Action = {
    kind: 'expire',
    engine: 'dynamodb',
    table: 'Orders',
    policy: 'standard',
    recoveryPoint: aRecoveryPoint(),
    reason: 'not kept',
  };
  const repair: Action = {
    kind: 'enable-pitr',
    table: 'Users',
    tableId: 'id',
    recoveryPeriodDays: 35,
    reason: 'it is off',
  };

  it('has a tone for each thing, and the words of each kind of action', () => {
    const outcomes: readonly Outcome[] = [
      { action: expire, status: 'done', reason: 'deleted' },
      { action: repair, status: 'done', reason: 'on again' },
      outcome('failed', 'no'),
      outcome('refused', 'it may not be'),
      outcome('deferred', 'later'),
    ];
    expect(runLines(viewOf({ name: 'prune', outcomes }), MARKED).join('\n')).toMatchInlineSnapshot(`
      "<muted:Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z>

      <strong:prune>: <good:1 recovery point expired, point-in-time recovery switched on for 1 table>, <bad:1 failed>, <warning:1 refused>, <muted:1 deferred> (3 s, 12 calls)

      <bad:1 failed>
        <good:+>  Orders  standard  2026-11-23 03:00Z  no

      <warning:1 refused>
        <good:+>  Orders  standard  2026-11-23 03:00Z  it may not be

      <muted:1 deferred, due again at the next run>
        1  later

      <good:1 done>
        <bad:->  Orders  standard  2026-11-23 03:01Z  1 h  1.0 MB  deleted

      <good:1 done>
        <warning:~>  Users  35 days  on again

      No findings"
    `);
  });

  it('that is dry tells what it would do', () => {
    const plan = { ...PLAN, actions: [createOf('Orders')] };
    expect(runLines(viewOf({ dryRun: true, plan }), MARKED).join('\n')).toMatchInlineSnapshot(`
      "<muted:Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z>

      <strong:backup>, dry run: nothing was changed and nobody was alerted (3 s, 12 calls)

      <strong:1 recovery point to create>
        <good:+>  Orders  standard  2026-11-23 03:00Z  it is due

      No findings"
    `);
  });

  it.each([
    { count: 1, says: '1 expiry held back by the guardrail, digest 0123456789abcdef' },
    { count: 2, says: '2 expiries held back by the guardrail, digest 0123456789abcdef' },
  ])('tells that a guardrail held back $count', ({ count, says }) => {
    const decision = {
      recoveryPoint: aRecoveryPoint(),
      policy: 'standard',
      decision: 'expire' as const,
      reasons: ['not kept'],
    };
    const findings = [anOpenFinding({ id: 'guardrail-refusal', kind: 'guardrail-refusal' })];
    const plan = { ...PLAN, retention: Array(count).fill(decision), findings };
    expect(textOf({ plan }).split('\n')).toContain(says);
  });
});
