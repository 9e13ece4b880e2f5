import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { troubleJobs } from '../../sim/console/backup-trouble.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault, planOf, pointsOf, startJob } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const DR = 'arn:aws:backup:us-east-1:111122223333:backup-vault:dr';

const policies = (more = ''): string => `
timezone: UTC
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 3 }
${more}`;

const begin = async (more = '', tags = 'offsite'): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: policies(more) });
  const { account, clock } = tablekeeper;
  createVault(account, { name: 'tablekeeper' });
  createVault(account, { name: 'dr' });
  createTable(account, {
    name: 'orders',
    tags: { 'backup:policy': tags },
    pitr: true,
    createdAt: clock.now() - 40 * DAY_MS,
  });
  return tablekeeper;
};

/** Runs as a day has them. */
const days = async ({ clock, run }: Deployment, count: number): Promise<void> => {
  for (let hour = 0; hour < 24 * count; hour += 2) {
    await clock.advanceBy(2 * HOUR_MS);
    await run('protect');
    if (hour % 6 === 0) await run('expire');
    if (hour % 6 === 4) await run('audit');
  }
};

const inVault = ({ account }: Deployment, vault = 'tablekeeper') =>
  pointsOf(account, vault).filter(({ status }) => status === 'ready');

describe('a table under a policy of AWS Backup', { timeout: 60_000 }, () => {
  let tablekeeper: Deployment;
  beforeAll(async () => {
    tablekeeper = await begin();
    await days(tablekeeper, 6);
  }, 60_000);

  it('has one recovery point a day, and as many as its rules keep', () => {
    const points = inVault(tablekeeper);
    expect(points).toHaveLength(3);
    expect(new Set(points.map(({ createdAt }) => Math.floor(createdAt / DAY_MS))).size).toBe(3);
  });

  it('has its verdict, and nothing is wrong', async () => {
    const { plan, openFindings } = await tablekeeper.run('audit');
    expect(plan.verdicts).toMatchObject([{ table: 'orders', status: 'protected' }]);
    expect(openFindings).toEqual([]);
  });

  it('plans nothing again', async () => {
    const { plan, outcomes } = await tablekeeper.run('protect');
    expect(plan.actions).toEqual([]);
    expect(outcomes).toEqual([]);
  });
});

describe('copies', { timeout: 60_000 }, () => {
  it('follow each recovery point, with the life that the rule gives them', async () => {
    const tablekeeper = await begin(`    copyTo: [{ vault: "${DR}", retention: { daily: 5 } }]`);
    await days(tablekeeper, 4);
    const copies = inVault(tablekeeper, 'dr');
    expect(copies).toHaveLength(5);
    expect(new Set(copies.map(({ lifecycle }) => lifecycle?.DeleteAfterDays))).toEqual(new Set([6]));
    const { plan } = await tablekeeper.run('audit');
    expect(plan.verdicts).toMatchObject([{ status: 'protected' }]);
  });

  it('keep their source until they are there', async () => {
    const tablekeeper = await begin(`    copyTo: ["${DR}"]`);
    const blocked = troubleJobs(tablekeeper.account, {
      job: 'copy',
      state: 'FAILED',
      message: 'An internal error occurred.',
    });
    await days(tablekeeper, 5);
    expect(inVault(tablekeeper).length).toBeGreaterThanOrEqual(5);
    blocked.remove();
    await days(tablekeeper, 3);
    expect(inVault(tablekeeper, 'dr').length).toBeGreaterThanOrEqual(3);
    expect(inVault(tablekeeper)).toHaveLength(3);
  });
});

describe('jobs', { timeout: 60_000 }, () => {
  it('that failed are begun again, as another job', async () => {
    const tablekeeper = await begin();
    troubleJobs(tablekeeper.account, {
      job: 'backup',
      state: 'FAILED',
      message: 'An internal error occurred.',
      times: 2,
    });
    await days(tablekeeper, 1);
    expect(inVault(tablekeeper)).toHaveLength(2);
    expect(tablekeeper.account.calls.of('StartBackupJob')).toBe(4);
  });

  it('of others are waited for', async () => {
    const tablekeeper = await begin();
    const { account, clock, run } = tablekeeper;
    startJob(account, {
      tableName: 'orders',
      vaultName: 'dr',
      iamRoleArn: 'arn:aws:iam::111122223333:role/theirs',
      createdBy: planOf(account, 'theirs'),
    });
    const { outcomes } = await run('protect');
    expect(outcomes).toMatchObject([{ status: 'deferred', failure: { code: 'job-going-on' } }]);
    await clock.advanceBy(HOUR_MS);
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    expect(inVault(tablekeeper)).toHaveLength(1);
  });
});
