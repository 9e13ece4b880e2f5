import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { openAccount } from '../../sim/console/accounts.ts';
import {
  closeDestination,
  setCrossAccountBackup,
  setUndeletable,
  troubleJobs,
} from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { joinOrganization } from '../../sim/console/services.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { createVault, planOf, pointsOf, startCopy, startJob } from '../../sim/console/vaults.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';
import { vaultRoleOf } from '../support/rights.ts';
import { addVaultTable, DR, daysOf, kindsOf, offsite } from './vault-stories.ts';

// Many want the same table, the same vault, or the same second.

const FAR = '999922223333';
const FAR_VAULT = `arn:aws:backup:eu-west-1:${FAR}:backup-vault:far`;
const JOB_ROLE = vaultRoleOf({ accountId: '111122223333', region: 'us-east-1', instance: 'prod' });

const begin = async (policies = offsite(), options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies, ...options });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  addVaultTable(tablekeeper);
  return tablekeeper;
};

const ready = ({ account }: Pick<Deployment, 'account'>, vault = 'tablekeeper') =>
  pointsOf(account, vault).filter(({ status }) => status === 'ready');

const TWO = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 2 }
  weekly:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: weekly
    retention: { last: 3 }
`;

describe('two policies of one table whose slots are the same instant', { timeout: 60_000 }, () => {
  it('have one job after the other, none expires unmade, and each has its recovery points', async () => {
    const tablekeeper = await begin(TWO, { backupJobMs: () => 2 * HOUR_MS });
    const { account } = tablekeeper;
    createVault(account, { name: 'weekly' });
    tagTable(account, 'orders', { 'backup:policy': 'offsite+weekly' });
    expect(kindsOf(await daysOf(tablekeeper, 4))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
    expect(ready(tablekeeper, 'weekly')).toHaveLength(3);
    const states = [...account.state.backup.backupJobs.values()].map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['COMPLETED']));
  });
});

describe('somebody else’s plan at the same minute', { timeout: 60_000 }, () => {
  it('is waited for every night, and its recovery points are left alone', async () => {
    const tablekeeper = await begin(offsite(), { backupJobMs: () => 2 * HOUR_MS });
    const { account, clock, run } = tablekeeper;
    createVault(account, { name: 'theirs' });
    for (let night = 0; night < 3; night += 1) {
      await clock.advanceTo(Date.UTC(2026, 2, 3 + night, 3));
      startJob(account, {
        tableName: 'orders',
        vaultName: 'theirs',
        iamRoleArn: 'arn:aws:iam::111122223333:role/theirs',
        createdBy: planOf(account, 'theirs'),
      });
      await clock.advanceBy(HOUR_MS);
      const { outcomes } = await run('protect');
      expect(outcomes).toMatchObject([{ status: 'deferred', failure: { code: 'job-going-on' } }]);
      await clock.advanceBy(2 * HOUR_MS);
      await run('protect');
      await clock.advanceBy(6 * HOUR_MS);
      for (const mode of ['expire', 'audit'] as const) await run(mode);
    }
    expect(ready(tablekeeper)).toHaveLength(2);
    expect(ready(tablekeeper, 'theirs')).toHaveLength(3);
    const jobs = [...account.state.backup.backupJobs.values()];
    expect(jobs.filter(({ state }) => state === 'EXPIRED')).toEqual([]);
  });
});

describe('starts that AWS throttles', { timeout: 60_000 }, () => {
  it('are made within the documented rate, every table once', async () => {
    const tablekeeper = await begin(offsite(), { rates: 'documented' });
    for (let count = 0; count < 40; count += 1) addVaultTable(tablekeeper, `table-${count}`);
    const { outcomes } = await tablekeeper.run('protect');
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(41);
    expect(tablekeeper.account.state.backup.backupJobs.size).toBe(41);
    await tablekeeper.clock.advanceBy(2 * HOUR_MS);
    expect(ready(tablekeeper)).toHaveLength(41);
  });

  it('while they last are put off, and made when they are over', async () => {
    const tablekeeper = await begin();
    const { account, clock, run } = tablekeeper;
    const storm = account.faults.add({ operation: 'StartBackupJob', kind: 'throttle' });
    const { outcomes } = await run('protect');
    expect(outcomes).toMatchObject([{ status: 'deferred' }]);
    storm.remove();
    await clock.advanceBy(HOUR_MS);
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    expect(ready(tablekeeper)).toHaveLength(1);
  });
});

describe('many destinations of one recovery point', { timeout: 60_000 }, () => {
  it('are served five at a time, and all in the end', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `dr-${letter}`);
    const arns = names.map((name) => `"arn:aws:backup:us-east-1:111122223333:backup-vault:${name}"`);
    const tablekeeper = await begin(offsite(`    copyTo: [${arns.join(', ')}]`), { copiesOfResource: 5 });
    for (const name of names) createVault(tablekeeper.account, { name });
    expect(kindsOf(await daysOf(tablekeeper, 1))).toEqual([]);
    for (const name of names) expect(ready(tablekeeper, name).length).toBeGreaterThan(0);
    const states = [...tablekeeper.account.state.backup.copyJobs.values()].map(({ state }) => state);
    expect(states).not.toContain('FAILED');
  });
});

describe('a copy in another account', { timeout: 60_000 }, () => {
  const withAccount = async () => {
    const policies = offsite(`    copyTo: ["${FAR_VAULT}"]`);
    const tablekeeper = await begin(policies);
    const theirs = openAccount(tablekeeper.account, FAR, { region: 'eu-west-1' });
    for (const each of [tablekeeper.account, theirs]) joinOrganization(each);
    setCrossAccountBackup(tablekeeper.account, true);
    createVault(theirs, {
      name: 'far',
      encryptionKeyArn: `arn:aws:kms:eu-west-1:${FAR}:key/far`,
      policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
            Action: 'backup:CopyIntoBackupVault',
            Resource: '*',
          },
        ],
      },
    });
    return { tablekeeper, theirs };
  };

  it('is made once for each, and shown as its job said', async () => {
    const { tablekeeper, theirs } = await withAccount();
    expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    const copies = ready({ account: theirs }, 'far');
    expect(copies.length).toBeGreaterThanOrEqual(2);
    expect(tablekeeper.account.calls.of('StartCopyJob')).toBe(3);
    expect(new Set(copies.map(({ createdAt }) => createdAt)).size).toBe(copies.length);
    const { plan } = await tablekeeper.run('audit');
    const reasons = plan.retention.flatMap((one) => one.reasons);
    expect(reasons.join('\n')).toContain(`of account ${FAR}, vault far: as its job said`);
  });

  it('that the organization stopped is reported with what allows it, once a day tried, and made when it is', async () => {
    const { tablekeeper } = await withAccount();
    setCrossAccountBackup(tablekeeper.account, false);
    const found = await daysOf(tablekeeper, 3);
    const failing = found.find(({ kind }) => kind === 'copy-failing');
    expect(failing?.fact).toContain('Cross-account copy feature is not enabled');
    expect(failing?.advice.say).toContain('isCrossAccountBackupEnabled=true');
    expect(tablekeeper.account.calls.of('StartCopyJob')).toBeLessThanOrEqual(10);
    setCrossAccountBackup(tablekeeper.account, true);
    expect(kindsOf(await daysOf(tablekeeper, 2))).toEqual([]);
  });

  it('that fails in words that nobody knows is reported with what else may be behind it', async () => {
    const { tablekeeper } = await withAccount();
    troubleJobs(tablekeeper.account, { job: 'copy', state: 'FAILED', message: 'Words of a day to come.' });
    const found = await daysOf(tablekeeper, 3);
    const failing = found.find(({ kind }) => kind === 'copy-failing');
    expect(failing?.fact).toContain('"Words of a day to come."');
    expect(failing?.advice.say).toContain('A tag policy');
  });

  it('of a table of the same name and vault there is never taken for one of here', async () => {
    const { tablekeeper, theirs } = await withAccount();
    createVault(theirs, { name: 'tablekeeper' });
    createTable(theirs, { name: 'orders', createdAt: tablekeeper.clock.now() - DAY_MS });
    await daysOf(tablekeeper, 2);
    expect(ready({ account: theirs }, 'tablekeeper')).toEqual([]);
    const { plan } = await tablekeeper.run('audit');
    expect(new Set(plan.retention.map(({ recoveryPoint }) => recoveryPoint.tableName))).toEqual(
      new Set(['orders']),
    );
  });
});

describe('a copy that waits', { timeout: 60_000 }, () => {
  it('keeps its source for as long as it waits, also after its job is stuck, and lets it go when it is there', async () => {
    const tablekeeper = await begin(offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]`));
    const abroad = openRegion(tablekeeper.account, 'eu-west-1');
    createVault(abroad, { name: 'dr' });
    closeDestination(tablekeeper.account, DR);
    const found = await daysOf(tablekeeper, 5);
    expect(ready(tablekeeper)).toHaveLength(6);
    expect(kindsOf(found).toSorted()).toEqual(['copy-overdue', 'job-stuck']);
    closeDestination(tablekeeper.account, DR, false);
    expect(kindsOf(await daysOf(tablekeeper, 2))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
    expect(ready({ account: abroad }, 'dr').length).toBeGreaterThanOrEqual(6);
  });

  it('until its source is cold is one that cannot be made any more, reported once', async () => {
    const policies = offsite(
      `    coldAfterDays: 1\n    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]`,
      '{ daily: 100 }',
    );
    const tablekeeper = await begin(policies);
    createVault(openRegion(tablekeeper.account, 'eu-west-1'), { name: 'dr' });
    const trouble = troubleJobs(tablekeeper.account, {
      job: 'copy',
      state: 'FAILED',
      message: 'Access Denied trying to call AWS Backup service',
    });
    await daysOf(tablekeeper, 3);
    trouble.remove();
    const found = await daysOf(tablekeeper, 2);
    const [impossible, ...others] = found.filter(({ kind }) => kind === 'copy-impossible');
    expect(others).toEqual([]);
    expect(impossible?.fact).toContain('cannot be copied: in cold storage');
    expect(kindsOf(found)).not.toContain('copy-overdue');
  });

  it('made by others with our tags is left to them', async () => {
    const tablekeeper = await begin();
    const { account } = tablekeeper;
    createVault(account, { name: 'theirs' });
    await daysOf(tablekeeper, 1);
    const [point] = ready(tablekeeper);
    if (point === undefined) throw new Error('there is no recovery point');
    startCopy(account, {
      point,
      destinationVaultArn: 'arn:aws:backup:us-east-1:111122223333:backup-vault:theirs',
      iamRoleArn: 'arn:aws:iam::111122223333:role/theirs',
    });
    expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    expect(ready(tablekeeper, 'theirs')).toHaveLength(1);
    expect(ready(tablekeeper)).toHaveLength(2);
  });
});

describe('recovery points that AWS Backup could not delete', { timeout: 60_000 }, () => {
  it('are one finding, and each is asked for once, not at every run', async () => {
    const tablekeeper = await begin(offsite('', '{ daily: 1 }'));
    await daysOf(tablekeeper, 1);
    const { account } = tablekeeper;
    for (const { arn } of ready(tablekeeper)) setUndeletable(account, arn);
    const found = await daysOf(tablekeeper, 5);
    expect(kindsOf(found).filter((kind) => kind === 'recovery-points-not-deleted')).toHaveLength(1);
    expect(account.calls.of('DeleteRecoveryPoint')).toBeLessThanOrEqual(8);
  });
});

it('jobs have the role of the deployment, and nothing else has it', async () => {
  const tablekeeper = await begin();
  await tablekeeper.run('protect');
  const [job] = tablekeeper.account.state.backup.backupJobs.values();
  expect(job).toMatchObject({ iamRoleArn: JOB_ROLE, createdBy: undefined });
});
