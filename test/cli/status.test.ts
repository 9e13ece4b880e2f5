import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { DrillStates } from '../../shared/ports/drill.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { createTable, deleteTable, setPitr } from '../../sim/console/tables.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { aDrill, aDrillState } from '../support/drills.ts';
import { typedIn, withoutFile } from './typed.ts';
import { aDeployment, addTable, STANDARD } from './world.ts';

/** Every function ran and noted it, the audit last. */
const afterRuns = async (deployment: Deployment, { whole = true } = {}): Promise<Deployment> => {
  const { asPerson, clock, run } = deployment;
  for (const [mode, name] of [
    ['protect', 'backup'],
    ['expire', 'prune'],
    ['audit', 'audit'],
  ] as const) {
    await run(mode);
    await clock.run(noteRun(asPerson, name, whole));
  }
  await clock.advanceBy(10 * MINUTE_MS);
  return deployment;
};

const documentOf = async (deployment: Deployment, policies = DAILY, typed: readonly string[] = []) => {
  const { exitCode, stdout } = await typedIn(deployment, ['status', '--json', ...typed], { policies });
  return { exitCode, document: JSON.parse(stdout) };
};

const statusIn = ({ verdicts }: { readonly verdicts: readonly { table: string; status: string }[] }) =>
  Object.fromEntries(verdicts.map(({ table, status }) => [table, status]));

const operationsOf = ({ account }: Deployment): readonly string[] =>
  [...account.calls.byOperation.keys()].toSorted();

describe('tablekeeper status', () => {
  it('is one screen, and ends with 0 where all is well', async () => {
    const deployment = await afterRuns(await aDeployment());
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['status']);
    expect(withoutFile(stdout)).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:11Z

      Alerts go to
        ops@example.com (email)  confirmed

      Last runs
        backup  ran 10 min ago
        prune   ran 10 min ago
        audit   ran 10 min ago

      Tables as the audit of 2026-03-10 05:01Z (10 min ago) saw them, findings as of now.
      To look now:
        npx tablekeeper status --live --region us-east-1

      1 table opted in: 1 protected.
        TABLE   VERDICT    POLICY    POINTS  OLDEST             NEWEST
        orders  protected  standard  7       2026-03-04 03:02Z  2026-03-10 03:02Z (2 h ago)

      If it were lost now
        TABLE   BACK TO                             FROM  IN ABOUT   FOR ABOUT  LAST PROVED
        orders  2026-03-10 04:56Z, seen 10 min ago  PITR  not known  $0.18      never

      No findings
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('shows everything that is wrong, worst first, and ends with 1', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    addTable(deployment, 'customers', 0);
    createTable(account, { name: 'shipments', tags: { 'backup:policy': 'standrad' } });
    createTable(account, { name: 'reports' });
    for (const topic of account.state.topics.values())
      addSubscription(account, topic, 'email', 'late@example.com');
    await afterRuns(deployment);
    setPitr(account, 'orders', { enabled: false });
    await deployment.run('audit');
    await clock.advanceBy(2 * HOUR_MS);
    const { exitCode, stdout } = await typedIn(deployment, ['status']);
    expect(withoutFile(stdout)).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 07:11Z

      Alerts go to
        ops@example.com (email)   confirmed
        late@example.com (email)  not confirmed, receives nothing

      Last runs
        backup  ran 2 h ago for the last time
        prune   ran 2 h ago
        audit   ran 2 h ago

      Tables as the audit of 2026-03-10 05:11Z (2 h ago) saw them, findings as of now.
      To look now:
        npx tablekeeper status --live --region us-east-1

      3 tables opted in: 1 protected, 1 at risk, 1 unprotected.
        TABLE      VERDICT      POLICY    POINTS  OLDEST             NEWEST
        shipments  unprotected  -         0       -                  -
        orders     at risk      standard  7       2026-03-04 03:02Z  2026-03-10 03:02Z (4 h ago)
        customers  protected    standard  1       2026-03-10 05:01Z  2026-03-10 05:01Z (2 h ago)

      If it were lost now
        TABLE      BACK TO                          FROM    IN ABOUT   FOR ABOUT  LAST PROVED
        shipments  not known                        -       not known  not known  never
        orders     2026-03-10 03:02Z                backup  not known  $0.18      never
        customers  2026-03-10 05:06Z, seen 2 h ago  PITR    not known  $0.18      never

      3 findings: 2 critical, 1 for information
        critical  PITR off on orders, since 2026-03-10 05:11Z (2 h ago)
        critical  unknown policy on shipments, since 2026-03-10 05:01Z (2 h ago)
        info      untagged tables, since 2026-03-10 05:01Z (2 h ago)

      What to do about each:
        npx tablekeeper plan --region us-east-1
      About one table:
        npx tablekeeper explain TABLE --region us-east-1
      "
    `);
    expect(exitCode).toBe(1);
  });

  it.each([
    { typed: ['--table', 'customers'], tables: ['customers'], exitCode: 0 },
    { typed: ['--table', 'orders'], tables: ['orders'], exitCode: 1 },
    { typed: ['--policy', 'standard'], tables: ['customers', 'orders'], exitCode: 1 },
    { typed: ['--live', '--table', 'orders'], tables: ['orders'], exitCode: 1 },
  ])('with $typed shows only these tables, and ends by them', async ({ typed, tables, exitCode }) => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 3);
    createTable(deployment.account, { name: 'shipments', tags: { 'backup:policy': 'standrad' } });
    await afterRuns(deployment);
    setPitr(deployment.account, 'orders', { enabled: false });
    await deployment.run('audit');
    const seen = await typedIn(deployment, ['status', '--json', ...typed]);
    const { verdicts, findings } = JSON.parse(seen.stdout);
    expect(verdicts.map(({ table }: { table: string }) => table).toSorted()).toEqual(tables);
    const foundOf = findings.map(({ table }: { table?: string }) => table);
    expect(foundOf.filter((table: string) => !tables.includes(table))).toEqual([]);
    expect(seen.exitCode).toBe(exitCode);
  });

  it('shows what is found of a table that was deleted', async () => {
    const deployment = await afterRuns(await aDeployment());
    addTable(deployment, 'carts', 3);
    await afterRuns(deployment);
    deleteTable(deployment.account, 'carts');
    await afterRuns(deployment);
    for (const live of [[], ['--live']]) {
      const { exitCode, stdout } = await typedIn(deployment, ['status', '--table', 'carts', ...live]);
      expect(stdout).toContain('carts does not opt in by its tag, or is gone');
      expect(stdout).toContain('table deleted: carts');
      expect(exitCode).toBeLessThan(2);
    }
  });

  it('says where to look for what is left of a table that no run knows', async () => {
    const deployment = await afterRuns(await aDeployment());
    const { stderr } = await typedIn(deployment, ['status', '--table', 'ordres']);
    expect(stderr).toContain('npx tablekeeper explain ordres');
  });

  it.each([
    { typed: ['--table', 'ordres'], says: 'No table that opted in is called ordres. There are orders.' },
    { typed: ['--policy', 'gold'], says: 'No policy is called gold. There are standard.' },
    { typed: ['--policy', 'spare'], says: 'No table is governed by the policy spare' },
  ])('refuses $typed', async ({ typed, says }) => {
    const deployment = await afterRuns(await aDeployment());
    const policies = DAILY.replace(
      'policies:',
      'policies:\n  spare: { schedule: "0 4 * * *", retention: { last: 1 } }',
    );
    const { exitCode, stderr } = await typedIn(deployment, ['status', ...typed], {
      ...(typed.includes('spare') && { policies }),
    });
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  });

  it('is as fast for many tables as for one: the last audit stands for what is read one by one', async () => {
    const deployment = await aDeployment();
    for (let n = 0; n < 30; n += 1) addTable(deployment, `table-${n}`, 2);
    await afterRuns(deployment);
    deployment.account.calls.reset();
    const { exitCode, document } = await documentOf(deployment);
    expect(document.tables).toEqual({ protected: 31, atRisk: 0, unprotected: 0, unknown: 0 });
    expect(operationsOf(deployment)).toEqual([
      'GetCallerIdentity',
      'GetTopicAttributes',
      'ListSubscriptionsByTopic',
      'Query',
    ]);
    const calls = [...deployment.account.calls.byOperation.values()];
    expect(calls.reduce((sum, count) => sum + count, 0)).toBeLessThan(10);
    expect(exitCode).toBe(0);
  });
});

it('says why a table is not protected where no finding does', async () => {
  const deployment = await aDeployment();
  createTable(deployment.account, { name: 'young', tags: STANDARD });
  const policies = DAILY.replace(/ {4}pitr: .*\n/, '');
  const { stdout } = await typedIn(deployment, ['status', '--live'], { policies });
  expect(stdout).toMatch(
    /\n {2}young +unprotected +standard[\s\S]+\n\n {2}young +unprotected +no recovery point can be restored/,
  );
});

describe('a table that was deleted and made again', () => {
  const replaced = async (): Promise<Deployment> => {
    const deployment = await aDeployment();
    deleteTable(deployment.account, 'orders');
    await deployment.clock.advanceBy(MINUTE_MS);
    createTable(deployment.account, { name: 'orders', tags: STANDARD });
    await deployment.clock.advanceBy(MINUTE_MS);
    return deployment;
  };
  const orders = { table: 'orders', recoveryPoints: 0 };

  it('has none of the recovery points of the former one, and would not come back from them', async () => {
    const { verdicts } = (await documentOf(await replaced(), DAILY, ['--live'])).document;
    expect(verdicts[0]).toMatchObject(orders);
    expect(verdicts[0].ifLost).not.toHaveProperty('backTo');
    expect(verdicts[0].ifLost).not.toHaveProperty('cost');
  });

  it('has none either where the last audit stands, and its own from then on', async () => {
    const deployment = await replaced();
    setPitr(deployment.account, 'orders', { enabled: true });
    await afterRuns(deployment);
    expect((await documentOf(deployment)).document.verdicts[0]).toMatchObject(orders);
    await deployment.run('protect');
    await deployment.clock.advanceBy(MINUTE_MS);
    await deployment.run('audit');
    const [now] = (await documentOf(deployment)).document.verdicts;
    expect(now).toMatchObject({ recoveryPoints: 1, ifLost: { from: 'point-in-time' } });
  });

  it('is not proved by a drill of the former one, also where only the audit knows which table it is', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'bare', 0);
    await deployment.run('audit');
    await deployment.clock.run(noteRun(deployment.asPerson, 'audit', true));
    const { save } = deployment.asPerson.drillStates as DrillStates;
    const past = [aDrill({ table: 'bare', tableId: 'former' })];
    await deployment.clock.run(save(aDrillState({ table: 'bare', revision: 0, past })));
    expect((await typedIn(deployment, ['status'])).stdout).toMatch(/bare .* never\n/);
  });
});

describe('status agrees with plan', () => {
  const cases: readonly { readonly name: string; readonly before: (it: Deployment) => unknown }[] = [
    { name: 'after all runs', before: (it) => afterRuns(it) },
    { name: 'after an audit that did not end well', before: (it) => afterRuns(it, { whole: false }) },
    {
      name: 'where a table was tagged since the audit, and a hint came',
      before: async (it) => {
        await afterRuns(it);
        createTable(it.account, { name: 'young', tags: STANDARD });
        await it.hint('young');
      },
    },
    {
      name: 'where a table was deleted since the audit, and a hint came',
      before: async (it) => {
        await afterRuns(it);
        deleteTable(it.account, 'customers');
        await it.clock.advanceBy(MINUTE_MS);
        await it.hint('customers');
      },
    },
    {
      name: 'where the audit found PITR switched off',
      before: async (it) => {
        await afterRuns(it);
        setPitr(it.account, 'orders', { enabled: false });
        await it.run('audit');
      },
    },
    {
      name: 'where a table was made again, has no recovery point yet, and a window of minutes',
      before: async (it) => {
        deleteTable(it.account, 'orders');
        await it.clock.advanceBy(MINUTE_MS);
        createTable(it.account, { name: 'orders', tags: STANDARD, pitr: true });
        await it.clock.advanceBy(MINUTE_MS);
        await afterRuns(it);
      },
    },
  ];

  it.each(cases)('$name', async ({ before }) => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 2);
    createTable(deployment.account, { name: 'archived', tags: { 'backup:policy': 'none' } });
    await before(deployment);
    const { document } = await documentOf(deployment);
    const plan = JSON.parse((await typedIn(deployment, ['plan', '--json'])).stdout);
    expect(statusIn(document)).toEqual(statusIn(plan));
  });

  it('where the file is not the deployed one: by the deployed policies, which it says, and with --live by the file', async () => {
    const deployment = await afterRuns(await aDeployment());
    const policies = DAILY.replace('timezone: UTC', 'tag: team:backup\ntimezone: UTC');
    const { document } = await documentOf(deployment, policies);
    expect(document.deployedPolicies.kind).toBe('differ');
    expect(statusIn(document)).toEqual({ orders: 'protected' });
    const live = await typedIn(deployment, ['status', '--json', '--live'], { policies });
    expect(statusIn(JSON.parse(live.stdout))).toEqual({});
  });
});

describe('what is wrong with the deployment itself ends with 1', () => {
  it.each([
    {
      name: 'nobody who confirmed',
      harm: ({ account }: Deployment) => {
        for (const topic of account.state.topics.values()) topic.subscriptions.clear();
      },
      says: 'nobody: no subscription of the topic is confirmed',
    },
    {
      name: 'no topic',
      harm: ({ account }: Deployment) => account.state.topics.clear(),
      says: 'nobody: there is no alert topic',
    },
    {
      name: 'a function that stopped',
      harm: ({ clock }: Deployment) => clock.advanceBy(2 * HOUR_MS),
      says: /backup +ran 2 h ago for the last time/,
    },
  ])('$name', async ({ harm, says }) => {
    const deployment = await afterRuns(await aDeployment());
    await harm(deployment);
    const { exitCode, stdout } = await typedIn(deployment, ['status']);
    expect(stdout).toMatch(says);
    expect(exitCode).toBe(1);
  });
});

describe('what cannot be looked at ends with 3', () => {
  it.each([
    { operation: 'GetResources', live: ['--live'] },
    { operation: 'ListBackups', live: ['--live'] },
    { operation: 'Query', live: ['--live'] },
    { operation: 'Query', live: [] },
  ])('$operation, $live', async ({ operation, live }) => {
    const deployment = await afterRuns(await aDeployment());
    deployment.account.faults.add({ operation, kind: 'access-denied' });
    const { exitCode, stderr } = await typedIn(deployment, ['status', ...live]);
    expect(stderr).toContain('could not look: ');
    expect(exitCode).toBe(3);
  });

  it('a list that the last audit could not read', async () => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    await afterRuns(deployment);
    const { exitCode, stderr, stdout } = await typedIn(deployment, ['status']);
    expect(stderr).toMatch(/could not look: .*ListBackups/);
    expect(stdout).not.toContain('orders');
    expect(exitCode).toBe(3);
  });

  it('what no audit has kept: it says so, and what to do', async () => {
    const { exitCode, stdout } = await typedIn(await aDeployment(), ['status']);
    expect(stdout).toContain('No audit has kept what it saw of tables');
    expect(stdout).toContain('npx tablekeeper status --live');
    expect(stdout).not.toContain('opted in');
    expect(exitCode).toBe(3);
  });

  it('what the last audit saw, once that is too long ago: nothing is said of a table that may not hold', async () => {
    const deployment = await afterRuns(await aDeployment());
    await deployment.clock.advanceBy(12 * HOUR_MS);
    const { exitCode, document } = await documentOf(deployment);
    expect(document).toMatchObject({ seenBy: 'too-old', complete: false });
    expect(statusIn(document)).toEqual({ orders: 'unknown' });
    expect(document.verdicts[0].reason).toBe('no audit has seen it since 2026-03-10 05:01Z');
    expect(document.verdicts[0].ifLost).not.toHaveProperty('backTo');
    const { stdout } = await typedIn(deployment, ['status']);
    expect(stdout).toMatch(/nobody knows how tables stand.*--live/s);
    expect(exitCode).toBe(3);
  });

  it('but who is alerted is only told as unknown', async () => {
    const deployment = await afterRuns(await aDeployment());
    deployment.account.faults.add({ operation: 'GetTopicAttributes', kind: 'access-denied' });
    deployment.account.faults.add({ operation: 'ListSubscriptionsByTopic', kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['status']);
    expect(stdout).toContain('who else could not be read: ');
    expect(exitCode).toBe(0);
  });
});

describe('tablekeeper status while a vault cannot be read', () => {
  const policies = `
timezone: UTC
policies:
  standard: { schedule: "0 3 * * *", retention: { daily: 7 } }
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 7 }
    copyTo: ["arn:aws:backup:eu-west-1:111122223333:backup-vault:dr"]
`;

  it.each([
    { command: ['status', '--live'], shown: /orders +protected/ },
    { command: ['plan'], shown: /orders/ },
    { command: ['explain', 'orders'], shown: /orders: protected/ },
  ])('$command shows what can be seen, says what cannot, and ends with 3', async ({ command, shown }) => {
    const deployment = await aDeployment();
    createTable(deployment.account, { name: 'ledger', tags: { 'backup:policy': 'offsite' } });
    const { exitCode, stdout, stderr } = await typedIn(deployment, command, { policies });
    expect(stdout).toMatch(shown);
    expect(stdout).not.toMatch(/ledger +protected/);
    expect(stderr).toMatch(/^could not look: .*vault/);
    expect(exitCode).toBe(3);
  });
});
