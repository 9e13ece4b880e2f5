import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const policies = (daily: number) => `
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: ${daily} }
`;

/** Ten days of two tables under a week's retention. */
const tenDays = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T05:00:00Z', policies: policies(30) });
  for (const name of ['carts', 'orders'])
    createTable(tablekeeper.account, { name, tags: { 'backup:policy': 'standard' } });
  for (let day = 0; day < 10; day += 1) {
    await tablekeeper.clock.advanceBy(DAY_MS);
    await tablekeeper.run('protect');
  }
  await tablekeeper.clock.advanceBy(HOUR_MS);
  return tablekeeper;
};

const subjects = ({ account }: Deployment) => account.inbox.messages.map(({ subject }) => subject);

describe('a policy edit that would delete most backups', () => {
  it('deletes nothing, asks a person, and does what exactly that person approved', async () => {
    const tablekeeper = await tenDays();
    const edited = { policies: policies(2) };
    const refused = await tablekeeper.run('expire', edited);
    expect(refused.outcomes).toEqual([]);
    expect(backupsOf(tablekeeper.account)).toHaveLength(20);
    expect(subjects(tablekeeper)).toEqual([
      expect.stringContaining('1 new, warning: expiry held back by the guardrail'),
    ]);
    const digest = refused.plan.expiryDigest;
    expect(tablekeeper.account.inbox.messages[0]?.message).toContain(`--approve ${digest}`);

    const wrong = await tablekeeper.run('expire', { ...edited, approvedDigest: 'feedfeedfeed' });
    expect(wrong.outcomes).toEqual([]);

    const approved = await tablekeeper.run('expire', { ...edited, approvedDigest: digest });
    expect(approved.outcomes.map(({ status }) => status)).toEqual(Array(16).fill('done'));
    expect(backupsOf(tablekeeper.account)).toHaveLength(4);
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await tablekeeper.run('expire', edited);
    expect(subjects(tablekeeper).at(-1)).toContain('1 resolved');
  });

  it('deletes nothing when the edit is taken back, and says that it is over', async () => {
    const tablekeeper = await tenDays();
    await tablekeeper.run('expire', { policies: policies(2) });
    await tablekeeper.run('expire');
    expect(backupsOf(tablekeeper.account)).toHaveLength(20);
    expect(subjects(tablekeeper)).toHaveLength(2);
  });
});

describe('what stops deletion', () => {
  const shorter = policies(6);
  it.each([{ name: 'an event from the future', wishes: { eventTime: Date.parse('2027-01-01T00:00:00Z') } }])(
    '$name',
    async ({ wishes }) => {
      const tablekeeper = await tenDays();
      const edited = { policies: shorter };
      const report = await tablekeeper.run('expire', { ...edited, ...wishes });
      expect(report.outcomes).toEqual([]);
      expect(report.plan.findings.map(({ kind }) => kind)).toContain('from-the-future');
      const after = await tablekeeper.run('expire', edited);
      expect(after.outcomes).toHaveLength(8);
    },
  );

  it.each(['GetResources', 'ListBackups', 'DescribeTable', 'Query'])(
    'access denied on %s, and the run or a finding says so',
    async (operation) => {
      const tablekeeper = await tenDays();
      tablekeeper.account.faults.add({ operation, kind: 'access-denied' });
      const edited = { policies: shorter };
      const report = await tablekeeper.run('expire', edited);
      expect(report.outcomes).toEqual([]);
      expect(backupsOf(tablekeeper.account)).toHaveLength(20);
      const said = [...report.failures, ...report.plan.findings.map(({ fact }) => fact)].join('\n');
      expect(said).toContain('AccessDenied');
    },
  );

  it.each([
    { name: 'a hold', tags: { 'backup:hold': 'true' } },
    { name: 'an opt-out', tags: { 'backup:policy': 'none' } },
    { name: 'the loss of the policy tag', tags: { 'backup:policy': null } },
  ])('$name that the tagging API does not show yet, and only on that table', async ({ tags }) => {
    const tablekeeper = await tenDays();
    tagTable(tablekeeper.account, 'carts', tags, HOUR_MS);
    await tablekeeper.clock.advanceBy(HOUR_MS / 60);
    const report = await tablekeeper.run('expire', { policies: shorter });
    expect(new Set(report.plan.actions.map(({ table }) => table))).toEqual(new Set(['carts', 'orders']));
    expect(backupsOf(tablekeeper.account, 'carts')).toHaveLength(10);
    expect(backupsOf(tablekeeper.account, 'orders')).toHaveLength(6);
    expect(subjects(tablekeeper)).toEqual([]);
  });

  it('tags of the table that cannot be read, which is told', async () => {
    const tablekeeper = await tenDays();
    tablekeeper.account.faults.add({ operation: 'ListTagsOfResource', kind: 'access-denied' });
    await tablekeeper.run('expire', { policies: shorter });
    expect(backupsOf(tablekeeper.account)).toHaveLength(20);
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('expiries failing')]);
  });

  it('a hold on the table, and only on that table', async () => {
    const tablekeeper = await tenDays();
    tagTable(tablekeeper.account, 'carts', { 'backup:hold': 'true' });
    await tablekeeper.clock.advanceBy(HOUR_MS);
    const report = await tablekeeper.run('expire', { policies: shorter });
    expect(new Set(report.outcomes.map(({ action }) => action.table))).toEqual(new Set(['orders']));
    expect(backupsOf(tablekeeper.account, 'carts')).toHaveLength(10);
  });
});

describe('a message that does not leave', () => {
  it('makes the run fail, and is told by the next one', async () => {
    const tablekeeper = await tenDays();
    createTable(tablekeeper.account, { name: 'typo', tags: { 'backup:policy': 'standrad' } });
    await tablekeeper.clock.advanceBy(HOUR_MS);
    tablekeeper.account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    const silent = await tablekeeper.run('audit');
    expect(silent.failures.join()).toContain('the message did not leave');
    tablekeeper.account.faults.clear();
    const told = await tablekeeper.run('audit');
    expect(told.failures).toEqual([]);
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('unknown policy')]);
  });
});
