import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { createTable, deleteTable, setPitr } from '../../sim/console/tables.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { sheet, typedIn } from './typed.ts';
import { aDeployment, addTable, STANDARD } from './world.ts';

const deny = (operation: string) => ({ operation, kind: 'access-denied' as const });

describe('tablekeeper plan', () => {
  it('tells how tables stand, what would be done and why, and what is wrong', async () => {
    const deployment = await aDeployment();
    createTable(deployment.account, { name: 'customers', tags: STANDARD, pitr: true });
    createTable(deployment.account, { name: 'shipments', tags: { 'backup:policy': 'standrad' } });
    createTable(deployment.account, { name: 'reports' });
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['plan']);
    expect(stdout).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:01Z

      3 tables opted in: 1 protected, 1 at risk, 1 unprotected.
        shipments  unprotected  no recovery point can be restored; point-in-time recovery was not looked at; The tag backup:policy of shipments names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs shipments: it is not backed up
        customers  at risk      no recovery point can be restored yet, and point-in-time recovery reaches back only less than a minute

      1 recovery point to create
        +  customers  standard  2026-03-10 03:00Z  no recovery point yet, slot 2026-03-10T03:00:00Z asks for one

      3 recovery points to expire, 3.6 GB
        -  orders  standard  2026-03-01 03:02Z  9 days  1.2 GB  daily is filled: 7 of 7
        -  orders  standard  2026-03-02 03:02Z  8 days  1.2 GB  daily is filled: 7 of 7
        -  orders  standard  2026-03-03 03:02Z  7 days  1.2 GB  daily is filled: 7 of 7

      Digest of 3 expiries: e244d4586aed9e3b

      2 findings: 1 critical, 1 for information

        critical  unknown policy on shipments
          The tag backup:policy of shipments names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs shipments: it is not backed up.
          First seen now
          Set the tag to standard (several are joined by "+"), or to "none" to opt out:
            aws dynamodb tag-resource --region us-east-1 --resource-arn arn:aws:dynamodb:us-east-1:111122223333:table/shipments --tags Key=backup:policy,Value=standard
          unknown-policy/shipments

        info  untagged tables
          1 table of 5 is without the tag backup:policy: reports.
          First seen now
          Tag each with a policy, or with "none" if it needs no backup:
            aws dynamodb tag-resource --region us-east-1 --resource-arn arn:aws:dynamodb:us-east-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
          untagged-tables
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  });

  it('says so when there is nothing to do, and ends with 0', async () => {
    const deployment = await aDeployment();
    await deployment.run('expire');
    const { exitCode, stdout } = await typedIn(deployment, ['plan']);
    expect(stdout).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:01Z

      1 table opted in: 1 protected.

      · nothing to do: no recovery point is due, none expires, and no point-in-time recovery is to be repaired

      No findings
      "
    `);
    expect(exitCode).toBe(0);
  });

  it('says so when no table has the tag', async () => {
    const deployment = await aDeployment();
    const { stdout } = await typedIn(deployment, ['plan', '--json'], {
      policies: DAILY.replace('timezone: UTC', 'tag: other:tag'),
    });
    expect(JSON.parse(stdout).tables).toEqual({ protected: 0, atRisk: 0, unprotected: 0, unknown: 0 });
  });

  it('writes no state, sends nothing and makes nothing', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 0);
    setPitr(deployment.account, 'orders', { enabled: false });
    deployment.account.calls.reset();
    await typedIn(deployment, ['plan']);
    expect([...deployment.account.calls.byOperation.keys()].toSorted()).toEqual([
      'DescribeContinuousBackups',
      'DescribeTable',
      'GetCallerIdentity',
      'GetResources',
      'ListBackups',
      'ListTables',
      'Query',
    ]);
  });

  it.each([
    { mode: 'backup', kinds: ['create'] },
    { mode: 'prune', kinds: ['expire'] },
    { mode: 'audit', kinds: ['enable-pitr'] },
  ])('--mode $mode shows only what that run would do', async ({ mode, kinds }) => {
    const policies = DAILY.replace('onDrift: alert', 'onDrift: repair');
    const deployment = await aDeployment({ policies });
    addTable(deployment, 'customers', 0);
    setPitr(deployment.account, 'orders', { enabled: false });
    const { stdout } = await typedIn(deployment, ['plan', '--mode', mode, '--json'], { policies });
    const { actions, mode: told } = JSON.parse(stdout);
    expect(told).toBe(mode);
    expect([...new Set(actions.map(({ kind }: { kind: string }) => kind))]).toEqual(kinds);
  });

  it('lists what a guardrail holds back, with the digest that approves it', async () => {
    const deployment = await aDeployment();
    const policies = DAILY.replace('daily: 7', 'last: 1');
    const { exitCode, stdout } = await typedIn(deployment, ['plan'], { policies });
    expect(stdout).toContain(
      '9 recovery points to expire, 11 GB: the guardrail holds them back, nothing expires',
    );
    expect(stdout.match(/^ {2}- {2}orders /gm)).toHaveLength(9);
    const [, digest] = /Digest of 9 expiries: ([0-9a-f]{16})\n/.exec(stdout) ?? [];
    expect(stdout).toContain(`tablekeeper run prune --approve ${digest}`);
    expect(exitCode).toBe(1);
  });

  it('is one document with --json, the same each time', async () => {
    const deployment = await aDeployment();
    const first = await typedIn(deployment, ['plan', '--json']);
    const document = JSON.parse(first.stdout);
    expect(Object.keys(document)).toEqual([
      'command',
      'instance',
      'accountId',
      'region',
      'at',
      'mode',
      'complete',
      'tables',
      'verdicts',
      'actions',
      'heldBack',
      'expiryDigest',
      'findings',
    ]);
    expect(document).toMatchObject({
      command: 'plan',
      mode: 'all',
      complete: true,
      at: '2026-03-10T05:01:00Z',
    });
    expect((await typedIn(deployment, ['--json', 'plan'])).stdout).toBe(first.stdout);
  });

  it('shows on a terminal how far it is, and takes that away before it answers', async () => {
    const deployment = await aDeployment();
    const streams = [sheet(100), sheet(100)] as [ReturnType<typeof sheet>, ReturnType<typeof sheet>];
    const { stdout, stderr } = await typedIn(deployment, ['plan', '--no-color'], { streams });
    expect(stderr).toContain('1 page of tags, 1 page of tables, 1 page of backups');
    expect(Math.max(...stderr.split('\r\u001b[K').map((line) => line.length))).toBeLessThan(100);
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe('an account that cannot be looked at ends with 3, a sentence and no stack', () => {
  it.each([
    {
      name: 'tagged tables',
      operation: 'GetResources',
      says: 'Check that the role may call tag:GetResources.',
    },
    {
      name: 'recovery points',
      operation: 'ListBackups',
      says: 'Check that the role may call dynamodb:ListBackups.',
    },
    {
      name: 'table names',
      operation: 'ListTables',
      says: 'Check that the role may call dynamodb:ListTables.',
    },
  ])('$name: an empty list never passes for none', async ({ operation, says }) => {
    const deployment = await aDeployment();
    deployment.account.faults.add(deny(operation));
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['plan']);
    expect(stderr).toMatch(/^could not look: The list of .+ is not authorized to perform: .+\n$/);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  });

  it('without the state table it shows what it saw, and that nothing expires', async () => {
    const deployment = await aDeployment();
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['plan', '--instance', 'other']);
    expect(stdout).toContain('1 recovery point to create');
    expect(stdout).not.toContain('to expire');
    expect(stderr).toContain(
      'Is the instance other deployed here? Choose another with --instance and --region.',
    );
    expect(exitCode).toBe(3);
  });

  it('one table that cannot be read is a finding of that table', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 3);
    const when = ({ TableName }: Record<string, unknown>) => TableName === 'customers';
    deployment.account.faults.add({ ...deny('DescribeContinuousBackups'), when });
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['plan']);
    expect(stdout).toContain('observation-gap/pitr/customers');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  });

  it.each([
    { name: 'refused', fault: deny('GetCallerIdentity') },
    { name: 'not connected', fault: { operation: 'GetCallerIdentity', kind: 'connection-reset' as const } },
    {
      name: 'not answered in time',
      fault: { operation: 'GetCallerIdentity', kind: 'timeout' as const, delayMs: HOUR_MS },
    },
  ])('a caller who is $name is told whose fault that can be', async ({ fault }) => {
    const deployment = await aDeployment();
    deployment.account.faults.add(fault);
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['plan']);
    expect(stderr).toMatch(
      /^error: AWS could not be asked who you are: .+ Check the credentials .+:\n +aws sts get-caller-identity --region \S+\n$/,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  });
});

describe('the verdicts', () => {
  it.each(['backup', 'prune', 'audit'])('of --mode %s are those without a mode', async (mode) => {
    const deployment = await aDeployment();
    addTable(deployment, 'carts', 2);
    setPitr(deployment.account, 'carts', { enabled: false });
    const verdictsOf = async (...argv: readonly string[]): Promise<unknown> => {
      const { stdout } = await typedIn(deployment, ['plan', '--json', ...argv]);
      return (JSON.parse(stdout) as { readonly verdicts: unknown }).verdicts;
    };
    const all = await verdictsOf();
    expect(all).toHaveLength(2);
    expect(await verdictsOf('--mode', mode)).toEqual(all);
  });
});

describe('a policy that has another name now', () => {
  it('leaves open what an audit leaves open, and the plan has the same findings', async () => {
    const deployment = await aDeployment();
    setPitr(deployment.account, 'orders', { enabled: false });
    await deployment.clock.advanceBy(MINUTE_MS);
    await deployment.run('audit');
    const policies = DAILY.replace('standard:', 'renamed:');
    await deployment.clock.advanceBy(HOUR_MS);
    const { stdout } = await typedIn(deployment, ['plan', '--json'], { policies });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly id: string }[] };
    const { openFindings } = await deployment.run('audit', { policies });
    expect(findings.map(({ id }) => id).toSorted()).toEqual(openFindings.map(({ id }) => id).toSorted());
    expect(findings.map(({ id }) => id)).toContain('pitr-off/orders');
  });
});

describe('a table that was deleted and made again', () => {
  const replaced = async () => {
    const deployment = await aDeployment();
    await deployment.run('audit');
    deleteTable(deployment.account, 'orders');
    await deployment.clock.advanceBy(MINUTE_MS);
    createTable(deployment.account, { name: 'orders', tags: STANDARD, pitr: true });
    await deployment.clock.advanceBy(MINUTE_MS);
    return deployment;
  };
  const created = ({ plan }: { readonly plan: Plan }) =>
    plan.actions.filter(({ kind }) => kind === 'create').length;

  it('is shown as waiting where backup does not see yet that it is another one, as backup has it', async () => {
    const deployment = await replaced();
    for (const argv of [['plan'], ['plan', '--mode', 'backup']]) {
      const { stdout } = await typedIn(deployment, argv);
      expect(stdout).toMatch(
        /\+ +orders +standard .*waits: its newest recovery points are of a former table/,
      );
    }
    expect(created(await deployment.run('protect'))).toBe(0);
  });

  it('is shown as due once an audit or a hint has seen it, as backup has it', async () => {
    for (const see of [
      (it: Deployment): Promise<unknown> => it.run('audit'),
      (it: Deployment): Promise<unknown> => it.hint('orders'),
    ]) {
      const deployment = await replaced();
      await see(deployment);
      const { stdout } = await typedIn(deployment, ['plan', '--mode', 'backup']);
      expect(stdout).toMatch(/\+ +orders/);
      expect(stdout).not.toContain('waits');
      expect(created(await deployment.run('protect'))).toBe(1);
    }
  });
});
