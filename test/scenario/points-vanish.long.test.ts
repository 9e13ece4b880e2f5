import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf, deleteBackup } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

const fileOf = (retention: string, schedule = '0 3 * * *'): string => `
timezone: UTC
policies:
  standard: { schedule: "${schedule}", retention: ${retention}, pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert } }
`;

const DAILY = fileOf('{ daily: 7 }');

/** A day as it is deployed: a backup run, an audit, an expiry, and both again in the morning. */
const live = async (tablekeeper: Deployment, days: number, policies?: string): Promise<void> => {
  const wishes = policies === undefined ? {} : { policies };
  const { clock, run } = tablekeeper;
  for (let day = 0; day < days; day += 1) {
    await clock.advanceBy(17 * HOUR_MS + 2 * MINUTE_MS);
    await run('protect', wishes);
    await clock.advanceBy(HOUR_MS);
    await run('audit', wishes);
    await clock.advanceBy(HOUR_MS);
    await run('expire', wishes);
    await clock.advanceBy(5 * HOUR_MS - 2 * MINUTE_MS);
    await run('protect', wishes);
    await run('audit', wishes);
  }
};

const lived = async (days: number, policies = DAILY): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T09:59:00Z', policies });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 90 * DAY_MS });
  await live(tablekeeper, days);
  account.inbox.clear();
  return tablekeeper;
};

const pointsOf = ({ account }: Deployment, table = 'orders') =>
  backupsOf(account, table).filter(({ type }) => type === 'USER');

const deleteAll = (tablekeeper: Deployment, points: readonly { readonly arn: string }[]): void => {
  for (const { arn } of points) deleteBackup(tablekeeper.account, arn);
};

const mails = ({ account }: Deployment) => account.inbox.messages;
const texts = (tablekeeper: Deployment): string =>
  mails(tablekeeper)
    .map(({ subject, message }) => `${subject}\n${message}`)
    .join('\n')
    .replaceAll(/\s+/g, ' ');

const verdictOf = async (tablekeeper: Deployment, table = 'orders') =>
  (await tablekeeper.run('audit')).plan.verdicts.find((verdict) => verdict.table === table)?.status;

describe('recovery points that somebody else deletes', () => {
  it('are reported by the hint of their deletion, as critical where most of them went, and the table is at risk', async () => {
    const tablekeeper = await lived(10);
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, -1));
    await tablekeeper.hint('orders');
    expect(mails(tablekeeper)).toHaveLength(1);
    expect(mails(tablekeeper)[0]?.subject).toMatch(/critical: recovery points gone on orders \(standard\)/);
    expect(texts(tablekeeper)).toContain(
      '6 of 7 recovery points of orders (policy standard) are gone and were not deleted by Tablekeeper',
    );
    expect(texts(tablekeeper)).toContain('DeleteBackup');
    expect(await verdictOf(tablekeeper)).toBe('at-risk');
    expect(await verdictOf(tablekeeper, 'carts')).toBe('protected');
  });

  it('are not those that rules of before let go while the table had lost its tag, and audits did not look at it', async () => {
    const tablekeeper = await lived(10);
    const { account, clock, run } = tablekeeper;
    const edited = { policies: fileOf('{ daily: 30 }') };
    await clock.advanceBy(17 * HOUR_MS + 2 * MINUTE_MS);
    await run('protect');
    await run('audit');
    await clock.advanceBy(HOUR_MS);
    const before = pointsOf(tablekeeper).length;
    await run('expire');
    expect(pointsOf(tablekeeper).length).toBeLessThan(before);
    tagTable(account, 'orders', { 'backup:policy': null });
    await live(tablekeeper, 3, edited.policies);
    tagTable(account, 'orders', STANDARD);
    account.inbox.clear();
    await live(tablekeeper, 2, edited.policies);
    expect(texts(tablekeeper)).not.toContain('were not deleted by Tablekeeper');
    expect(texts(tablekeeper)).not.toContain('was not deleted by Tablekeeper');
  });

  it('are reported by the audit where no hint came, also when all are gone, and once', async () => {
    const tablekeeper = await lived(10);
    deleteAll(tablekeeper, pointsOf(tablekeeper));
    await tablekeeper.clock.advanceBy(30 * MINUTE_MS);
    await tablekeeper.run('protect');
    await tablekeeper.run('audit');
    expect(texts(tablekeeper)).toContain('7 of 7 recovery points of orders (policy standard) are gone');
    await live(tablekeeper, 1);
    expect(mails(tablekeeper).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('1 new, critical: recovery points gone on orders (standard)'),
      expect.stringContaining('1 still open'),
    ]);
  });

  it('are a warning where few went, critical where the newest did', async () => {
    const tablekeeper = await lived(10);
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 1));
    await tablekeeper.run('audit');
    expect(mails(tablekeeper)[0]?.subject).toMatch(/warning: recovery points gone on orders/);
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(-1));
    await tablekeeper.run('audit');
    expect(mails(tablekeeper)).toHaveLength(2);
    expect(mails(tablekeeper)[1]?.subject).toMatch(/critical: recovery points gone on orders/);
    expect(texts(tablekeeper)).toContain('the newest among them');
  });

  it('are reported again when more go', async () => {
    const tablekeeper = await lived(10);
    for (let at = 1; at <= 2; at += 1) {
      deleteAll(tablekeeper, pointsOf(tablekeeper).slice(1, 2));
      await tablekeeper.hint('orders');
      await tablekeeper.run('audit');
      expect(mails(tablekeeper)).toHaveLength(at);
    }
    expect(texts(tablekeeper)).toContain('2 of 7 recovery points of orders');
  });

  it('are over when as many were made again', async () => {
    const tablekeeper = await lived(10);
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 2));
    await tablekeeper.run('audit');
    tablekeeper.account.inbox.clear();
    await live(tablekeeper, 3);
    expect(mails(tablekeeper).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/1 resolved: recovery points gone on orders/),
    ]);
  });

  it('are over a week after the last of them went, however long the rules would have kept them', async () => {
    const tablekeeper = await lived(10, fileOf('{ daily: 60 }'));
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 2));
    await tablekeeper.run('audit');
    tablekeeper.account.inbox.clear();
    await live(tablekeeper, 6);
    expect(texts(tablekeeper)).not.toContain('resolved');
    await live(tablekeeper, 2);
    expect(mails(tablekeeper).at(-1)?.subject).toMatch(/resolved: recovery points gone on orders/);
    tablekeeper.account.inbox.clear();
    await live(tablekeeper, 3);
    expect(mails(tablekeeper)).toEqual([]);
  });

  it('are not concluded from a list with a gap', async () => {
    const tablekeeper = await lived(10);
    const fault = tablekeeper.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    await tablekeeper.run('audit');
    fault.remove();
    expect(texts(tablekeeper)).not.toContain('are gone');
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 2));
    await tablekeeper.run('audit');
    expect(texts(tablekeeper)).toContain('2 of 7 recovery points of orders');
  });

  it('are missed by the tables of an earlier version from the second audit on', async () => {
    const tablekeeper = await lived(10);
    const { stateStore } = tablekeeper.asPerson;
    const memory = await tablekeeper.clock.run(stateStore.readMemory());
    const { series: _, ...older } = memory;
    await tablekeeper.clock.run(stateStore.saveMemory(memory, older));
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 2));
    await tablekeeper.run('audit');
    expect(mails(tablekeeper)).toEqual([]);
    deleteAll(tablekeeper, pointsOf(tablekeeper).slice(0, 2));
    await tablekeeper.run('audit');
    expect(texts(tablekeeper)).toContain('2 of 5 recovery points of orders');
  });
});

describe('recovery points that go by the rules', () => {
  it.each([
    { name: 'days', retention: '{ daily: 3 }', edited: '{ daily: 5 }' },
    { name: 'a window', retention: '{ within: 3d }', edited: '{ within: 6d }' },
    { name: 'the last ones', retention: '{ last: 2 }', edited: '{ last: 9 }' },
    { name: 'weeks', retention: '{ weekly: 2, last: 1 }', edited: '{ daily: 7, weekly: 4 }' },
  ])('are missed by nobody: $name, an edit of them included', async ({ retention, edited }) => {
    const tablekeeper = await lived(16, fileOf(retention));
    const { clock, run } = tablekeeper;
    await clock.advanceBy(17 * HOUR_MS + 2 * MINUTE_MS);
    await run('protect');
    await clock.advanceBy(2 * HOUR_MS);
    await run('expire');
    await live(tablekeeper, 6, fileOf(edited));
    expect(texts(tablekeeper)).not.toContain('are gone');
    expect(tablekeeper.account.ledger.of('recovery-point-deleted').length).toBeGreaterThan(0);
  });

  it('are missed by nobody where the run that deleted them was killed before it wrote anything down', async () => {
    const tablekeeper = await lived(10);
    const { account, clock, run } = tablekeeper;
    await clock.advanceBy(17 * HOUR_MS + 2 * MINUTE_MS);
    await run('protect');
    await clock.advanceBy(2 * HOUR_MS);
    const before = await clock.run(tablekeeper.asPerson.stateStore.readMemory());
    await run('expire');
    const written = await clock.run(tablekeeper.asPerson.stateStore.readMemory());
    await clock.run(tablekeeper.asPerson.stateStore.saveMemory(written, before));
    await tablekeeper.hint('orders');
    await run('audit');
    expect(account.ledger.of('recovery-point-deleted').length).toBeGreaterThan(0);
    expect(mails(tablekeeper)).toEqual([]);
  });

  it('are missed by nobody where a person approved more than the guardrail allows', async () => {
    const tablekeeper = await lived(20, fileOf('{ daily: 30 }'));
    const policies = fileOf('{ last: 2 }');
    const refused = await tablekeeper.run('expire', { policies });
    await tablekeeper.run('audit', { policies });
    await tablekeeper.run('expire', { policies, approvedDigest: refused.plan.expiryDigest });
    expect(pointsOf(tablekeeper)).toHaveLength(2);
    await tablekeeper.run('audit', { policies });
    expect(texts(tablekeeper)).not.toContain('are gone');
  });

  it('are missed by nobody where the policy was given up and a person deleted what was left', async () => {
    const tablekeeper = await lived(10);
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': 'none' });
    await live(tablekeeper, 1);
    deleteAll(tablekeeper, pointsOf(tablekeeper));
    await live(tablekeeper, 1);
    tagTable(tablekeeper.account, 'orders', STANDARD);
    await live(tablekeeper, 2);
    expect(texts(tablekeeper)).not.toContain('are gone');
  });
});
