import { describe, expect, it } from 'vitest';
import { plainPaint } from '../../../cli/view/colour.ts';
import { heldBackExpiries, planLines } from '../../../cli/view/plan-text.ts';
import type { Action } from '../../../shared/model/action.ts';
import { advise } from '../../../shared/model/advice.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { Mode, Plan, RetentionDecision } from '../../../shared/model/plan.ts';
import { MARKED } from '../../core/messages/marked.ts';
import { commandOf } from '../../support/advice-text.ts';
import { anOpenFinding, aPlan, aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

const pipe = { paint: plainPaint };

const allIsWell = (overrides: Partial<Plan> = {}): Plan =>
  aPlan({ verdicts: [{ table: 'Orders', status: 'protected', reason: 'all is well' }], ...overrides });

const textOf = (plan: Plan, mode: Mode | 'all' = 'all'): string =>
  planLines({ plan, instance: 'prod', mode }, pipe).join('\n');

const old = aRecoveryPoint({ slot: LATEST_SLOT - 9 * DAY_MS, sizeBytes: 1_200_000_000 });
const create: Action = {
  kind: 'create',
  engine: 'dynamodb',
  table: 'Orders',
  tableId: 'id',
  policy: 'standard',
  slot: LATEST_SLOT,
  name: 'n',
  urgency: Number.POSITIVE_INFINITY,
  reason: 'no recovery point yet',
};
const expire: Action = {
  kind: 'expire',
  engine: 'dynamodb',
  table: 'Orders',
  policy: 'standard',
  recoveryPoint: old,
  reason: 'not kept',
};
const repair: Action = {
  kind: 'enable-pitr',
  table: 'Orders',
  tableId: 'id',
  recoveryPeriodDays: 35,
  reason: 'it is off',
};
const expiring: RetentionDecision = {
  recoveryPoint: old,
  policy: 'standard',
  decision: 'expire',
  reasons: ['not kept'],
};
const refusal: Finding = anOpenFinding({
  id: 'guardrail-refusal',
  kind: 'guardrail-refusal',
  severity: 'warning',
});

/** Cold since the 18th, of 90 days that are paid for. */
const cold = {
  ...expire,
  engine: 'aws-backup',
  recoveryPoint: {
    ...old,
    location: { target: { ...old.location.target, region: 'us-east-1' }, vault: 'tablekeeper' },
    sizeBytes: 500_000_000_000,
    isCold: true,
    coldSince: NOW - 30 * DAY_MS,
  },
} as const satisfies Action;

const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';

const copy: Action = {
  kind: 'copy',
  engine: 'aws-backup',
  table: 'Orders',
  policy: 'standard',
  recoveryPoint: old,
  destination: DR,
  attempt: 1,
  deleteAfterDays: 8,
  reason: 'wanted there',
};

describe('what happens in vaults', () => {
  it('is shown: a copy with where it goes, and what either waits for', () => {
    const waits = ownFailure('job-going-on', 'the job j has the table');
    const text = textOf(allIsWell({ actions: [{ ...create, waits }, copy] }));
    expect(text).toContain('no recovery point yet; waits: the job j has the table');
    expect(text).toContain('1 recovery point to copy\n');
    expect(text).toMatch(
      new RegExp(`\\+ {2}Orders {2}standard {2}2026-11-14 03:01Z {2}${DR} {2}wanted there`),
    );
  });

  it('costs the rest of the 90 days where it leaves cold storage before them', () => {
    expect(textOf(allIsWell({ actions: [cold] }))).toContain(
      'not kept; 60 days of the 90 in cold storage are left and are paid all the same: $29.59',
    );
  });

  it('costs nothing more where it is warm, or was cold for so long', () => {
    const recoveryPoint = { ...cold.recoveryPoint, coldSince: NOW - 90 * DAY_MS };
    const text = textOf(allIsWell({ actions: [expire, { ...cold, recoveryPoint }] }));
    expect(text).not.toContain('cold storage');
  });
});

describe('a plan as text', () => {
  it('has a tone for each thing', () => {
    const plan = allIsWell({
      verdicts: [{ table: 'Orders', status: 'at-risk', reason: 'it is late' }],
      actions: [expire, repair, create],
      findings: [refusal, anOpenFinding({ since: NOW - DAY_MS })],
    });
    expect(planLines({ plan, instance: 'prod', mode: 'all' }, MARKED).join('\n')).toMatchInlineSnapshot(`
      "<muted:Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z>

      1 table opted in: <warning:1 at risk>.
        Orders  <warning:at risk>  it is late

      <strong:1 recovery point to create>
        <good:+>  Orders  standard  2026-11-23 03:00Z  no recovery point yet

      <strong:point-in-time recovery to switch on for 1 table>
        <warning:~>  Orders  35 days  it is off

      <strong:1 recovery point to expire, 1.2 GB>
        <bad:->  Orders  standard  2026-11-14 03:01Z  9 days  1.2 GB  not kept

      2 findings: <bad:1 critical>, <warning:1 warning>

        <bad:critical>  <strong:PITR off on Orders>
          Point-in-time recovery of Orders is off.
          Since 2026-11-22 05:00Z (24 h ago)
          Switch it on.
          <muted:pitr-off/Orders>

        <warning:warning>  <strong:expiry held back by the guardrail on Orders>
          Point-in-time recovery of Orders is off.
          Since 2026-11-23 04:00Z (1 h ago)
          Switch it on.
          <muted:guardrail-refusal>"
    `);
  });

  it('counts and holds back only what expires, and only where a guardrail refuses', () => {
    const kept: RetentionDecision = { ...expiring, decision: 'keep' };
    const twice = { ...expiring, reasons: ['not kept', 'too old'] };
    expect(textOf(allIsWell({ retention: [kept] }))).not.toContain('Digest of');
    expect(textOf(allIsWell({ retention: [kept, expiring, twice] }))).toContain('Digest of 2 expiries: 0123');
    expect(heldBackExpiries(allIsWell({ retention: [kept, twice], findings: [refusal] }))).toEqual([
      { ...expire, reason: 'not kept; too old' },
    ]);
    expect(heldBackExpiries(allIsWell({ retention: [expiring], findings: [anOpenFinding()] }))).toEqual([]);
  });

  it.each([
    { count: 1, says: '3 findings: 1 critical, 1 warning, 1 for information' },
    { count: 2, says: '6 findings: 2 critical, 2 warnings, 2 for information' },
  ])('counts findings in words: $says', ({ count, says }) => {
    const severities = ['critical', 'warning', 'info'] as const;
    const findings = severities.flatMap((severity) => Array(count).fill(anOpenFinding({ severity })));
    expect(textOf(allIsWell({ findings })).split('\n')).toContain(says);
  });

  it('says nothing of what could not be read where all was', () => {
    expect(textOf(allIsWell()).split('\n').slice(4)).toEqual([
      '· nothing to do: no recovery point is due, none expires, and no point-in-time recovery is to be repaired',
      '',
      'No findings',
    ]);
  });

  it('has the counts first, then each action under its kind with its reason, in the order of harm', () => {
    expect(
      textOf(allIsWell({ actions: [expire, repair, create], retention: [expiring] })),
    ).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      1 table opted in: 1 protected.

      1 recovery point to create
        +  Orders  standard  2026-11-23 03:00Z  no recovery point yet

      point-in-time recovery to switch on for 1 table
        ~  Orders  35 days  it is off

      1 recovery point to expire, 1.2 GB
        -  Orders  standard  2026-11-14 03:01Z  9 days  1.2 GB  not kept

      Digest of 1 expiry: 0123456789abcdef

      No findings"
    `);
  });

  it.each([
    { status: 'unprotected' as const, line: '  Orders  unprotected  because' },
    { status: 'at-risk' as const, line: '  Orders  at risk  because' },
    { status: 'unknown' as const, line: '  Orders  unknown  because' },
  ])('lists a table that is $status with the reason', ({ status, line }) => {
    const text = textOf(allIsWell({ verdicts: [{ table: 'Orders', status, reason: 'because' }] }));
    expect(text.split('\n')).toContain(line);
  });

  it('lists the worst first', () => {
    const statuses = ['unknown', 'protected', 'at-risk', 'unprotected'] as const;
    const text = textOf(
      allIsWell({ verdicts: statuses.map((status) => ({ table: `of-${status}`, status, reason: 'r' })) }),
    );
    expect(text.match(/of-\S+/g)).toEqual(['of-unprotected', 'of-at-risk', 'of-unknown']);
    expect(text).toContain('4 tables opted in: 1 protected, 1 at risk, 1 unprotected, 1 unknown.');
  });

  it.each([
    { mode: 'all' as const, says: '· nothing to do: no recovery point is due' },
    { mode: 'protect' as const, says: '· nothing to create: no recovery point is due' },
    { mode: 'expire' as const, says: '· nothing to expire: a rule or a refusal keeps every recovery point' },
    { mode: 'audit' as const, says: '· nothing to repair: ' },
  ])('of mode $mode without actions says so', ({ mode, says }) => {
    expect(textOf(allIsWell(), mode)).toContain(says);
  });

  it('that is not complete never says that nothing was needed without saying that it could not see', () => {
    expect(textOf(allIsWell({ complete: false }))).toContain('What could not be read is listed below');
  });

  it('without tables says so', () => {
    expect(textOf(allIsWell({ verdicts: [] }))).toContain('No table has opted in by its tag.');
  });

  it('shows what a guardrail holds back, and does not call it an action', () => {
    const plan = allIsWell({ retention: [expiring], findings: [refusal] });
    const text = textOf(plan);
    expect(text).toContain(
      '1 recovery point to expire, 1.2 GB: the guardrail holds them back, nothing expires\n  -  Orders',
    );
    expect(text).toContain('Digest of 1 expiry: 0123456789abcdef');
    expect(heldBackExpiries(plan)).toEqual([expire]);
    expect(heldBackExpiries(allIsWell({ retention: [expiring] }))).toEqual([]);
  });

  it('tells findings worst first, in full, commands whole', () => {
    const command = 'aws dynamodb a-command --with a-long-line --that-goes on-and-on --beyond the-screen';
    const finding = anOpenFinding({ advice: advise('Do this:', commandOf(command)) });
    const info = anOpenFinding({ id: 'untagged-tables', kind: 'untagged-tables', severity: 'info' });
    const lines = planLines(
      { plan: allIsWell({ findings: [info, refusal, finding] }), instance: 'prod', mode: 'all' },
      { paint: plainPaint, width: 60 },
    );
    expect(lines).toContain(`      ${command}`);
    expect(lines).toContain('3 findings: 1 critical, 1 warning, 1 for information');
    expect(
      lines
        .filter((line) => /^ {2}(critical|warning|info) /.test(line))
        .map((line) => line.trim().split(' ')[0]),
    ).toEqual(['critical', 'warning', 'info']);
  });
});
