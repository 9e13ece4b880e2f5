import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };
const WITHOUT_PITR = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
`;

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject);

const lastMail = ({ account }: Deployment): string => account.inbox.messages.at(-1)?.message ?? '';

const old = ({ clock }: Deployment) => ({ createdAt: clock.now() - 400 * DAY_MS });

/** So many tables, each with the recovery point of its day. */
const manyTables = async (count: number): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z', policies: WITHOUT_PITR });
  for (let at = 0; at < count; at += 1)
    createTable(tablekeeper.account, {
      name: `t${String(at).padStart(3, '0')}`,
      tags: STANDARD,
      ...old(tablekeeper),
    });
  await backUpAndAudit(tablekeeper);
  tablekeeper.account.inbox.clear();
  return tablekeeper;
};

const backUpAndAudit = async (tablekeeper: Deployment): Promise<void> => {
  const { clock } = tablekeeper;
  await tablekeeper.run('protect', { deadline: clock.now() + HOUR_MS });
  await clock.advanceBy(HOUR_MS);
  await tablekeeper.run('audit', { deadline: clock.now() + HOUR_MS });
};

/** Two days without a backup, and what comes after. */
const storm = async (kind: 'throttle' | 'access-denied', tables: number): Promise<Deployment> => {
  const tablekeeper = await manyTables(tables);
  const fault = tablekeeper.account.faults.add({ operation: 'CreateBackup', kind });
  for (let run = 0; run < 3; run += 1) {
    await tablekeeper.clock.advanceBy(11 * HOUR_MS);
    await backUpAndAudit(tablekeeper);
  }
  fault.remove();
  await backUpAndAudit(tablekeeper);
  await tablekeeper.clock.advanceBy(HOUR_MS);
  await backUpAndAudit(tablekeeper);
  return tablekeeper;
};

const entriesOf = ({ account }: Deployment): readonly (number | undefined)[] =>
  account.inbox.messages.map(({ message }) => message.match(/^\* /gm)?.length);

const wordsOf = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ');

/** Three hundred tables in one process, beside other tests. */
describe('a storm over three hundred tables', { timeout: 90_000 }, () => {
  it("of throttling is one message by AWS's own name for it when they are overdue, and one when it is over", async () => {
    const tablekeeper = await storm('throttle', 300);
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 300 new, warning: recovery point overdue on 300 tables: ThrottlingException',
      '[Tablekeeper prod] 300 resolved: recovery point overdue on 300 tables: ThrottlingException',
    ]);
    expect(entriesOf(tablekeeper)).toEqual([1, 1]);
    expect(wordsOf(tablekeeper.account.inbox.messages[0]?.message)).toContain(
      'The backup run of 2026-03-11 23:02 UTC had to put off 300 backups: CreateBackup: ThrottlingException. So did every run ' +
        'since 2026-03-11 10:02 UTC.',
    );
    expect(lastMail(tablekeeper)).toContain('t019 and 280 more.');
  });

  it('of throttling that lets half of them through tells of the other half alone', async () => {
    const tablekeeper = await manyTables(20);
    const { account, clock } = tablekeeper;
    const isOdd = (input: Readonly<Record<string, unknown>>) => /[13579]$/.test(String(input.TableName));
    account.faults.add({ operation: 'CreateBackup', kind: 'throttle', when: isOdd });
    for (let run = 0; run < 3; run += 1) {
      await clock.advanceBy(11 * HOUR_MS);
      await backUpAndAudit(tablekeeper);
    }
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 10 new, warning: recovery point overdue on 10 tables: ThrottlingException',
    ]);
    expect(wordsOf(lastMail(tablekeeper))).toContain('had to put off 10 backups: CreateBackup: Throttling');
    expect(lastMail(tablekeeper)).not.toContain('t002');
  });

  it('of denials is one message, for what is overdue is told with what fails', async () => {
    const tablekeeper = await storm('access-denied', 60);
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 60 new, warning: backups failing on 60 tables: AccessDeniedException',
      '[Tablekeeper prod] 60 resolved: backups failing on 60 tables: AccessDeniedException',
    ]);
    expect(entriesOf(tablekeeper)).toEqual([1, 1]);
  });
});

describe('a week of things that nobody mends', () => {
  it('remind of what is critical each day and of a warning each week', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
    const { account, clock } = tablekeeper;
    for (const name of ['orders', 'users'])
      createTable(account, { name, tags: STANDARD, pitr: true, ...old(tablekeeper) });
    setPitr(account, 'orders', { enabled: false });
    setPitr(account, 'users', { enabled: true, recoveryPeriodDays: 7 });
    for (let run = 0; run < 4 * 8 + 1; run += 1) {
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
      await clock.advanceBy(6 * HOUR_MS);
    }
    const told = (name: string) =>
      account.inbox.messages.filter(({ message }) => message.includes(`Finding: ${name}`)).length;
    expect(told('pitr-off/orders')).toBe(9);
    expect(told('pitr-window-short/users')).toBe(2);
    expect(subjects(tablekeeper)).toHaveLength(9);
  });
});

describe('point-in-time recovery that something switches off and on again', () => {
  it('is told as flapping at the third time, and as over once it has stayed on', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
    const { account, clock } = tablekeeper;
    createTable(account, { name: 'orders', tags: STANDARD, pitr: true, ...old(tablekeeper) });
    const runsAfter = async (hours: number): Promise<void> => {
      await clock.advanceBy(hours * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    };
    await runsAfter(0);
    account.inbox.clear();
    for (let time = 0; time < 6; time += 1)
      for (const enabled of [false, true]) {
        setPitr(account, 'orders', { enabled });
        await runsAfter(2);
      }
    for (let hours = 0; hours < 48; hours += 6) await runsAfter(6);
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 1 new, critical: PITR off on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst warning: PITR window restarted on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst critical: PITR off on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst warning: PITR window restarted on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst critical: PITR off on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst warning: PITR window restarted on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst critical: PITR off on orders, flapping',
      '[Tablekeeper prod] 1 new, warning: PITR window restarted on orders, flapping',
      '[Tablekeeper prod] 1 resolved: PITR off on orders, flapping',
    ]);
    const flapping = account.inbox.messages.at(6)?.message.replaceAll(/\s+/g, ' ');
    expect(flapping).toContain('It came back 3 times within 48 h');
  });
});

describe('a night of maintenance on one table', () => {
  it('is announced, stays silent about that table alone, and tells at its end what is still wrong', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
    const { account, clock } = tablekeeper;
    for (const name of ['orders', 'users'])
      createTable(account, { name, tags: STANDARD, pitr: true, ...old(tablekeeper) });
    const runsAfter = async (hours: number): Promise<readonly string[]> => {
      account.inbox.clear();
      await clock.advanceBy(hours * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
      return subjects(tablekeeper);
    };
    await runsAfter(0);
    tagTable(account, 'orders', { 'backup:mute-until': '2026-03-11' });
    expect(await runsAfter(6)).toEqual(['[Tablekeeper prod] 1 new, info: muted on orders']);
    setPitr(account, 'orders', { enabled: false });
    expect(await runsAfter(1)).toEqual([]);
    setPitr(account, 'users', { enabled: false });
    expect(await runsAfter(1)).toEqual(['[Tablekeeper prod] 1 new, critical: PITR off on users']);
    const { openFindings } = await tablekeeper.run('audit');
    expect(openFindings.map(({ id }) => id)).toEqual(['muted/orders', 'pitr-off/orders', 'pitr-off/users']);
    expect(openFindings[0]?.measured).toBe('1 finding held back');
    expect(await runsAfter(6)).toEqual([
      '[Tablekeeper prod] 1 new, critical: PITR off on orders',
      '[Tablekeeper prod] 1 resolved: muted on orders',
    ]);
  });
});

describe('every message', () => {
  const LOG = { group: '/aws/lambda/tablekeeper-prod-audit', stream: '2026/03/10/[$LATEST]ab' };

  it.each([
    { name: "names where it comes from and links to the run's log", log: LOG },
    { name: 'names where it comes from, and no log when a person started it', log: undefined },
  ])('$name', async ({ log }) => {
    const tablekeeper = await deploy({
      startAt: '2026-03-10T10:00:00Z',
      policies: `digest: { schedule: "0 8 * * 1" }\n${WITHOUT_PITR}`,
      instance: 'prod-2',
    });
    const { account } = tablekeeper;
    createTable(account, { name: 'typo', tags: { 'backup:policy': 'standrad' }, ...old(tablekeeper) });
    await tablekeeper.run('audit', { runId: 'run-7', ...(log && { log }) });
    expect(account.inbox.messages).toHaveLength(2);
    for (const { subject, message } of account.inbox.messages) {
      expect(subject).toMatch(/^\[Tablekeeper prod-2\] /);
      expect(message).toContain(
        `Tablekeeper prod-2, account ${account.accountId}, Region ${account.region}\nRun: run-7`,
      );
      expect(message.includes('\nLog: https://')).toBe(log !== undefined);
      if (log)
        expect(message).toContain(
          '/log-events/2026$252F03$252F10$252F$255B$2524LATEST$255Dab$3FfilterPattern',
        );
    }
  });
});
