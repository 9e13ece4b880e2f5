import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import { pointTagValue } from '../../shared/model/vault-tag.ts';
import { setPointStatus, setUndeletable, troubleJobs } from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable, deleteTable, tagTable } from '../../sim/console/tables.ts';
import {
  createPoint,
  createVault,
  destroyVault,
  planOf,
  pointsOf,
  setVaultLock,
  setVaultPolicy,
} from '../../sim/console/vaults.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';

// One assertion for each situation of a vault that public records tell of.

const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';
const TAGS = { 'backup:policy': 'offsite' };

const policies = (more = '', retention = '{ daily: 2 }'): string => `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: ${retention}
${more}`;

const addTable = (
  { account, clock }: Deployment,
  name = 'orders',
  createdAt: Instant = clock.now() - 40 * DAY_MS,
) => createTable(account, { name, tags: TAGS, pitr: true, createdAt });

const begin = async (options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: policies(), ...options });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  addTable(tablekeeper);
  return tablekeeper;
};

const days = async ({ clock, run }: Deployment, count: number): Promise<readonly OpenFinding[]> => {
  let found: readonly OpenFinding[] = [];
  for (let passed = 0; passed < 4 * count; passed += 1) {
    await clock.advanceBy(HOUR_MS);
    await run('protect');
    await clock.advanceBy(5 * HOUR_MS);
    await run('expire');
    found = (await run('audit')).openFindings;
  }
  return found;
};

const ready = ({ account }: Deployment, vault = 'tablekeeper') =>
  pointsOf(account, vault).filter(({ status }) => status === 'ready');

const kinds = (found: readonly OpenFinding[]): readonly string[] => found.map(({ kind }) => kind);

describe('where AWS says nothing, or two things', { timeout: 60_000 }, () => {
  it.each<{ name: string; options: Partial<DeploymentOptions> }>([
    { name: 'good points are COMPLETED', options: { readyStatus: 'COMPLETED' } },
    { name: 'good points are AVAILABLE', options: { readyStatus: 'AVAILABLE' } },
    { name: 'a point is as old as its job', options: { pointDate: 'asked' } },
    { name: 'a used token is refused', options: { finishedTokens: 'refused' } },
    { name: 'plain points show in both lists', options: { listBackupsShowsAwsBackup: true } },
    { name: 'lists come in short pages', options: { shortPages: 0.5 } },
  ])('the same is made and kept: $name', async ({ options }) => {
    const tablekeeper = await begin(options);
    expect(kinds(await days(tablekeeper, 4))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
    expect(tablekeeper.account.calls.of('StartBackupJob')).toBe(5);
  });

  it('plain points, which bear no tags, are owned by the record of their jobs', async () => {
    const tablekeeper = await begin();
    Object.assign(tablekeeper.account.state.backup, {
      regionSettings: { optIn: { DynamoDB: true }, management: {} },
    });
    expect(kinds(await days(tablekeeper, 4))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
    expect(ready(tablekeeper).every(({ form }) => form === 'plain')).toBe(true);
    expect(tablekeeper.account.calls.of('ListTags')).toBe(0);
  });

  it('tags are read once for each point', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 4);
    const once = tablekeeper.account.calls.of('ListTags');
    await tablekeeper.run('audit');
    await tablekeeper.run('audit');
    expect(tablekeeper.account.calls.of('ListTags')).toBe(once);
  });
});

describe('what is not deleted', { timeout: 60_000 }, () => {
  it('is what a lock keeps, and nobody asks', async () => {
    const tablekeeper = await begin();
    setVaultLock(tablekeeper.account, 'tablekeeper', { minDays: 30 });
    Object.assign(tablekeeper.account.state.settings, { lockCountsFrom: 'creation' });
    const found = await days(tablekeeper, 4);
    expect(tablekeeper.account.calls.of('DeleteRecoveryPoint')).toBe(0);
    expect(kinds(found)).not.toContain('expiries-failing');
  });

  it('is what the vault policy denies: asked once a week, and no failure', async () => {
    const tablekeeper = await begin();
    setVaultPolicy(tablekeeper.account, 'tablekeeper', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
    });
    const found = await days(tablekeeper, 5);
    expect(tablekeeper.account.calls.of('DeleteRecoveryPoint')).toBeLessThanOrEqual(4);
    expect(kinds(found)).not.toContain('expiries-failing');
    expect(ready(tablekeeper)).toHaveLength(6);
  });

  it('is EXPIRED where AWS could not, and told once', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 1);
    const [oldest] = ready(tablekeeper);
    setPointStatus(tablekeeper.account, oldest?.arn ?? '', 'EXPIRED');
    const found = await days(tablekeeper, 2);
    expect(kinds(found)).toEqual(['recovery-points-not-deleted']);
  });

  it('is still looked at when the last policy of a vault is taken out of the file', async () => {
    const tablekeeper = await begin();
    const { account, clock, run } = tablekeeper;
    await days(tablekeeper, 1);
    const [oldest] = ready(tablekeeper);
    setPointStatus(account, oldest?.arn ?? '', 'EXPIRED');
    await days(tablekeeper, 1);
    const native = 'policies: { offsite: { schedule: "0 3 * * *", retention: { daily: 2 } } }';
    const listed = account.calls.of('ListRecoveryPointsByBackupVault');
    await clock.advanceBy(6 * HOUR_MS);
    expect(kinds((await run('audit', { policies: native })).openFindings)).toContain(
      'recovery-points-not-deleted',
    );
    expect(account.calls.of('ListRecoveryPointsByBackupVault')).toBeGreaterThan(listed);
    setPointStatus(account, oldest?.arn ?? '', 'AVAILABLE');
    await clock.advanceBy(6 * HOUR_MS);
    expect(kinds((await run('audit', { policies: native })).openFindings)).not.toContain(
      'recovery-points-not-deleted',
    );
  });

  it("is somebody else's, whatever it says", async () => {
    const tablekeeper = await begin({ policies: policies('', '{ daily: 1 }') });
    const { account, clock } = tablekeeper;
    const at = clock.now() - 5 * DAY_MS;
    const origin = { instance: 'prod-2', policy: 'offsite', slot: at };
    const target = { accountId: account.accountId, region: account.region };
    const mark = pointTagValue({ origin, vault: { target, name: 'tablekeeper' }, tableId: 'x' });
    createPoint(account, { table: 'orders', vault: 'tablekeeper', createdAt: at });
    createPoint(account, {
      table: 'orders',
      vault: 'tablekeeper',
      createdAt: at,
      tags: { 'tablekeeper:recovery-point': mark },
    });
    createPoint(account, {
      table: 'orders',
      vault: 'tablekeeper',
      createdAt: at,
      tags: { 'tablekeeper:recovery-point': 'true' },
    });
    await days(tablekeeper, 3);
    expect(ready(tablekeeper)).toHaveLength(4);
  });

  it.each([
    { name: 'a backup plan made from a table with our tag', maker: 'plan' },
    { name: 'a person made and gave our tag', maker: 'person' },
  ] as const)('is what $name, and it displaces nothing of ours', async ({ maker }) => {
    const tablekeeper = await begin();
    const { account } = tablekeeper;
    await days(tablekeeper, 2);
    const [mine] = ready(tablekeeper);
    const theirs = [-HOUR_MS, 2 * HOUR_MS].map((later) =>
      createPoint(account, {
        table: 'orders',
        vault: 'tablekeeper',
        createdAt: (mine?.createdAt ?? 0) + later,
        tags: mine?.tags ?? {},
        ...(maker === 'plan' && { createdBy: planOf(account, 'theirs'), iamRoleArn: mine?.iamRoleArn ?? '' }),
      }),
    );
    expect(kinds(await days(tablekeeper, 3))).toEqual([]);
    const left = ready(tablekeeper).map(({ arn }) => arn);
    expect(left).toEqual(expect.arrayContaining(theirs.map(({ arn }) => arn)));
    expect(left).toHaveLength(4);
  });

  it('is anything, while its deletion does nothing, and the rest goes on', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 1);
    const [oldest] = ready(tablekeeper);
    setUndeletable(tablekeeper.account, oldest?.arn ?? '');
    await days(tablekeeper, 3);
    expect(ready(tablekeeper).length).toBeLessThanOrEqual(3);
  });
});

describe('what could not be read', { timeout: 60_000 }, () => {
  it('is a vault that is gone, told as that', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 1);
    destroyVault(tablekeeper.account, 'tablekeeper');
    const { openFindings, plan } = await tablekeeper.run('audit');
    const missing = openFindings.find(({ kind }) => kind === 'vault-missing');
    expect(missing?.fact).toContain('There is no backup vault tablekeeper in us-east-1');
    expect(kinds(openFindings)).not.toContain('observation-gap');
    expect(plan.verdicts[0]?.status).not.toBe('protected');
  });

  it('is a vault whose policy denies it, told as that, and the table is unknown and not unprotected', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 1);
    setVaultPolicy(tablekeeper.account, 'tablekeeper', {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 'backup:ListRecoveryPointsByBackupVault', Resource: '*' },
      ],
    });
    const { openFindings, plan } = await tablekeeper.run('audit');
    expect(openFindings.find(({ kind }) => kind === 'observation-gap')?.fact).toContain('AccessDenied');
    expect(plan.verdicts[0]?.status).toBe('unknown');
    expect(kinds(openFindings)).toEqual(['observation-gap', 'vault-policy-denies']);
  });
});

describe('jobs that come to nothing', { timeout: 60_000 }, () => {
  it.each([
    { state: 'FAILED', message: 'Access denied exception while trying to list tags' },
    { state: 'EXPIRED', message: 'Backup job failed because there was a running job for the same resource.' },
    { state: 'EXPIRED', message: 'Backup job expired before completion.' },
    { state: 'ABORTED', message: 'Backup job was stopped by user.' },
    { state: 'PARTIAL', message: 'Nobody has ever seen these words.' },
  ])('are told in the words of AWS, and end with the next: $message', async ({ state, message }) => {
    const tablekeeper = await begin();
    const trouble = troubleJobs(tablekeeper.account, { job: 'backup', state, message });
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    const { openFindings } = await tablekeeper.run('audit');
    expect(openFindings.find(({ kind }) => kind === 'backup-job-failed')?.fact).toContain(
      message.slice(0, 40),
    );
    trouble.remove();
    expect(kinds(await days(tablekeeper, 2))).toEqual([]);
  });

  it('with a lost answer are one job', async () => {
    const tablekeeper = await begin();
    tablekeeper.account.faults.add({ operation: 'StartBackupJob', kind: 'timeout-after-effect', times: 1 });
    await days(tablekeeper, 1);
    expect(tablekeeper.account.state.backup.backupJobs.size).toBe(2);
    expect(ready(tablekeeper)).toHaveLength(2);
  });

  it('of a table that is made again are those of the new one', async () => {
    const tablekeeper = await begin();
    await days(tablekeeper, 1);
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    addTable(tablekeeper, 'orders', tablekeeper.clock.now());
    const before = tablekeeper.account.calls.of('StartBackupJob');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');
    await tablekeeper.run('protect');
    expect(tablekeeper.account.calls.of('StartBackupJob')).toBe(before + 1);
  });
});

describe('a copy in another Region', { timeout: 60_000 }, () => {
  it('is listed where it is, watched, and owed when it fails', async () => {
    const tablekeeper = await begin({
      policies: policies(`    copyTo: [{ vault: "${DR}", retention: { daily: 10 } }]`),
    });
    const { account } = tablekeeper;
    const abroad = openRegion(account, 'eu-west-1');
    createVault(abroad, { name: 'dr' });
    expect(kinds(await days(tablekeeper, 2))).toEqual([]);
    expect(ready({ ...tablekeeper, account: abroad }, 'dr')).toHaveLength(2);
    const { plan } = await tablekeeper.run('audit');
    expect(
      plan.retention.filter(({ recoveryPoint }) => recoveryPoint.location.target.region === 'eu-west-1'),
    ).toHaveLength(2);
    troubleJobs(account, { job: 'copy', state: 'FAILED', message: 'Copy job encountered a fatal error.' });
    const found = await days(tablekeeper, 2);
    expect(kinds(found)).toEqual(['copy-failing']);
    expect(found[0]?.fact).toMatch(
      /"Copy job encountered a fatal error\."\. The newest copy of orders under offsite in dr in eu-west-1 of account 111122223333 is of /,
    );
    expect(plan.verdicts[0]?.status).toBe('protected');
  });
});

describe('a copy that can be made no more', { timeout: 60_000 }, () => {
  it('is overdue like any other, where the advanced features were switched off', async () => {
    const tablekeeper = await begin({ policies: policies(`    copyTo: ["${DR}"]`) });
    createVault(openRegion(tablekeeper.account, 'eu-west-1'), { name: 'dr' });
    expect(kinds(await days(tablekeeper, 2))).toEqual([]);
    Object.assign(tablekeeper.account.state.backup, {
      regionSettings: { optIn: { DynamoDB: true }, management: {} },
    });
    const found = await days(tablekeeper, 3);
    expect(kinds(found)).toEqual(expect.arrayContaining(['copy-impossible', 'copy-overdue']));
    expect(found.find(({ kind }) => kind === 'copy-overdue')).toMatchObject({
      severity: 'critical',
      fact: expect.stringContaining('of them AWS Backup cannot copy.'),
    });
    const { plan } = await tablekeeper.run('audit');
    expect(plan.verdicts[0]?.status).toBe('at-risk');
  });
});

describe('the day on which AWS Backup deletes a recovery point', { timeout: 60_000 }, () => {
  const ending = (found: readonly OpenFinding[]) =>
    found.find(({ kind }) => kind === 'recovery-points-ending');

  it('is nothing to tell where it is later than all rules', async () => {
    const tablekeeper = await begin({ policies: policies('    deleteAfterDays: 3') });
    expect(kinds(await days(tablekeeper, 3))).toEqual([]);
  });

  it('is told where somebody made it earlier than the rules', async () => {
    const tablekeeper = await begin({ policies: policies('', '{ daily: 10 }') });
    await days(tablekeeper, 3);
    for (const point of ready(tablekeeper)) point.lifecycle = { DeleteAfterDays: 2 };
    await tablekeeper.clock.advanceBy(HOUR_MS);
    const { openFindings, plan } = await tablekeeper.run('audit');
    expect(ending(openFindings)).toMatchObject({
      severity: 'critical',
      fact: expect.stringMatching(
        /^AWS Backup deletes 4 of 4 recovery points of orders under offsite earlier than the rules may/,
      ),
    });
    expect(plan.verdicts[0]?.status).toBe('at-risk');
  });

  it('is told where a hold keeps what it ends', async () => {
    const tablekeeper = await begin({ policies: policies('    deleteAfterDays: 5') });
    await days(tablekeeper, 2);
    tagTable(tablekeeper.account, 'orders', { 'backup:hold': 'true' });
    expect(ending(await days(tablekeeper, 1))).toMatchObject({
      severity: 'warning',
      fact: expect.stringMatching(/^A hold keeps everything of orders, and AWS Backup deletes 3 of 3/),
    });
    tagTable(tablekeeper.account, 'orders', { 'backup:hold': 'false' });
    expect(kinds(await days(tablekeeper, 1))).toEqual([]);
  });
});
