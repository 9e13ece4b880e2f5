import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { troubleJobs } from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { setRegionSettings } from '../../sim/console/services.ts';
import { createTable, deleteTable, tableOf } from '../../sim/console/tables.ts';
import { setKey } from '../../sim/console/trouble.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { packagedJobRights, vaultRoleOf } from '../support/rights.ts';
import { addVaultTable, DR, daysOf, kindsOf, offsite } from './vault-stories.ts';

// What a job needs and lacks: a right of its role, the key of its vault, settings, its table, room for a tag.

const PLACE = { accountId: '111122223333', region: 'us-east-1', instance: 'prod' };
const JOB_ROLE = vaultRoleOf(PLACE);
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/own';

const begin = async (policies = offsite()): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  const { account } = tablekeeper;
  createVault(account, { name: 'tablekeeper', encryptionKeyArn: KEY });
  createVault(openRegion(account, 'eu-west-1'), {
    name: 'dr',
    encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/dr',
  });
  addVaultTable(tablekeeper);
  return tablekeeper;
};

const ready = ({ account }: Pick<Deployment, 'account'>, vault = 'tablekeeper') =>
  pointsOf(account, vault).filter(({ status }) => status === 'ready');

/** Takes one right from the role of the jobs, as somebody's edit does, until it is given back. */
const withoutRight = ({ account }: Deployment, action: string): { give(): void } => {
  const { settings } = account.state;
  const { authorize } = settings;
  const lacking: typeof authorize = (request) =>
    request.accessKeyId === JOB_ROLE && request.operation === action ? false : authorize(request);
  Object.assign(settings, { authorize: lacking });
  return { give: () => void Object.assign(settings, { authorize }) };
};

describe('a role of jobs that lost a right', { timeout: 60_000 }, () => {
  it.each([
    'dynamodb:DescribeTable',
    'dynamodb:ListTagsOfResource',
    'dynamodb:StartAwsBackupJob',
    'backup:TagResource',
  ])(
    'fails its jobs, which is reported with the right, tried once a day, and resolved when it has it again: %s',
    async (action) => {
      const tablekeeper = await begin();
      const right = withoutRight(tablekeeper, action);
      const found = await daysOf(tablekeeper, 2);
      const failed = found.find(({ kind }) => kind === 'backup-job-failed');
      expect(failed?.fact).toContain(`is not authorized to perform: ${action} on resource: arn:aws:`);
      expect(failed?.advice.say).toContain('Give the role of the jobs what AWS says it lacks');
      expect(tablekeeper.account.calls.of('StartBackupJob')).toBeLessThanOrEqual(4);
      right.give();
      expect(kindsOf(await daysOf(tablekeeper, 2))).toEqual([]);
    },
  );

  it.each(['backup:CopyFromBackupVault', 'backup:CopyIntoBackupVault', 'kms:DescribeKey'])(
    'fails its copies, which leaves what is at home whole: %s',
    async (action) => {
      const tablekeeper = await begin(offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]`));
      const right = withoutRight(tablekeeper, action);
      const found = await daysOf(tablekeeper, 3);
      expect(kindsOf(found)).toEqual(['copy-failing']);
      expect(ready(tablekeeper).length).toBeGreaterThanOrEqual(3);
      right.give();
      expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    },
  );
});

describe('a role of jobs without the key of the vault', { timeout: 60_000 }, () => {
  it('makes recovery points that are empty and say that they are good: that is noticed by their size', async () => {
    const tablekeeper = await begin();
    tableOf(tablekeeper.account, 'orders').sizeBytes = 5_000_000;
    await daysOf(tablekeeper, 2);
    const right = withoutRight(tablekeeper, 'kms:GenerateDataKey');
    const found = await daysOf(tablekeeper, 2);
    expect(found.find(({ kind }) => kind === 'table-shrunk')?.fact).toContain(
      'its newest recovery point has 0 B',
    );
    expect(ready(tablekeeper).filter(({ source }) => source.sizeBytes > 0)).toHaveLength(2);
    right.give();
  });
});

describe('the packaged role of jobs', { timeout: 60_000 }, () => {
  /** What AWS's pages ask for and the simulated account does not: backups of DynamoDB are looked at and deleted by AWS Backup's own role there. */
  const ASKED_BY_AWS_ALONE = [
    'backup:DescribeBackupVault',
    'dynamodb:DeleteBackup',
    'dynamodb:DescribeBackup',
    'kms:CreateGrant',
    'kms:Decrypt',
  ];

  it('needs each of its rights for recovery points of both forms and their copies', async () => {
    const tablekeeper = await begin(offsite(`    copyTo: ["${DR}"]`));
    await daysOf(tablekeeper, 1);
    setRegionSettings(tablekeeper.account, { optIn: { DynamoDB: true }, management: {} });
    await daysOf(tablekeeper, 1);
    const grants = packagedJobRights(PLACE).get(JOB_ROLE) ?? [];
    const used = [...tablekeeper.guard.used].filter((text) => text.startsWith(JOB_ROLE));
    const spare = grants.filter(({ action }) => !used.some((text) => text.includes(` ${action} on `)));
    expect([...new Set(spare.map(({ action }) => action))].toSorted()).toEqual(ASKED_BY_AWS_ALONE);
  });
});

describe('a vault whose key cannot be used', { timeout: 60_000 }, () => {
  it.each(['disabled', 'pending deletion', 'missing'] as const)('fails its jobs: %s', async (trouble) => {
    const tablekeeper = await begin();
    setKey(tablekeeper.account, KEY, trouble);
    const found = await daysOf(tablekeeper, 1);
    const failed = found.find(({ kind }) => kind === 'backup-job-failed');
    expect(failed?.advice.say).toContain('The key of the vault has to be enabled');
    setKey(tablekeeper.account, KEY, undefined);
    expect(kindsOf(await daysOf(tablekeeper, 2))).toEqual([]);
  });
});

describe('advanced features that are off', { timeout: 60_000 }, () => {
  it('leave recovery points that nothing copies, said once, until they are on', async () => {
    const tablekeeper = await begin(offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]`));
    const { account } = tablekeeper;
    setRegionSettings(account, { optIn: { DynamoDB: true }, management: undefined });
    const found = await daysOf(tablekeeper, 3);
    expect(kindsOf(found).filter((kind) => kind === 'copy-impossible')).toHaveLength(1);
    expect(account.calls.of('StartCopyJob')).toBe(0);
    expect(ready(tablekeeper)).toHaveLength(2);
    setRegionSettings(account, { optIn: { DynamoDB: true }, management: { DynamoDB: true } });
    expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    expect(ready({ account: openedAt(account) }, 'dr').length).toBeGreaterThan(0);
  });

  it('flipped by the first job are none of anybody’s trouble: both forms are owned, and one series', async () => {
    const tablekeeper = await begin();
    Object.assign(tablekeeper.account.state.settings, { jobsOptIn: true });
    setRegionSettings(tablekeeper.account, { optIn: {}, management: undefined });
    expect(kindsOf(await daysOf(tablekeeper, 1))).toEqual([]);
    expect(new Set(ready(tablekeeper).map(({ form }) => form))).toEqual(new Set(['plain', 'advanced']));
    expect(kindsOf(await daysOf(tablekeeper, 2))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
  });
});

const openedAt = ({ state }: Deployment['account']): Deployment['account'] => {
  const there = state.regions.get('eu-west-1');
  if (there === undefined) throw new Error('the Region is not open');
  return there;
};

describe('a table', { timeout: 60_000 }, () => {
  it('that is deleted while its job waits is reported as that, without any advice on rights', async () => {
    const tablekeeper = await begin();
    Object.assign(tablekeeper.account.state.settings, { backupJobStartMs: [HOUR_MS, HOUR_MS + 1] });
    await daysOf(tablekeeper, 1);
    await tablekeeper.run('protect');
    deleteTable(tablekeeper.account, 'orders');
    const found = await daysOf(tablekeeper, 1);
    expect(kindsOf(found)).not.toContain('backup-job-failed');
    expect(kindsOf(found)).toContain('recovery-points-of-lost-table');
    expect(ready(tablekeeper).length).toBeGreaterThan(0);
  });

  it.each([47, 48, 49, 50])('with %i tags has its recovery points, owned and expiring', async (count) => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: offsite() });
    const { account, clock } = tablekeeper;
    createVault(account, { name: 'tablekeeper' });
    const more = Object.fromEntries(Array.from({ length: count - 1 }, (_, at) => [`key-${at}`, 'x']));
    const tags = { 'backup:policy': 'offsite', ...more };
    createTable(account, { name: 'orders', tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
    expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
  });
});

describe('tags that AWS Backup lost', { timeout: 60_000 }, () => {
  it('leave the recovery point owned by the record of its job: it is no stranger, and expires in its turn', async () => {
    const tablekeeper = await begin();
    troubleJobs(tablekeeper.account, {
      job: 'backup',
      state: 'COMPLETED',
      message: 'We are unable to copy resource tags to your backup because of the Internal Failure.',
      category: 'INTERNAL',
      losesTags: true,
      times: 1,
    });
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    const { openFindings: first } = await tablekeeper.run('audit');
    expect(kindsOf(first)).toEqual(['backup-job-with-issues']);
    expect(kindsOf(first)).not.toContain('recovery-points-unproven');
    const [bare] = ready(tablekeeper).filter(({ tags }) => Object.keys(tags).length === 0);
    const marked = first[0]?.advice.commands.find((command) => command.includes('tag-resource')) ?? [];
    expect(marked.slice(0, -1)).toEqual([
      ...['aws', 'backup', 'tag-resource', '--region', 'us-east-1'],
      ...['--resource-arn', bare?.arn, '--tags'],
    ]);
    const [key = '', value = ''] = marked.at(-1)?.split('=') ?? [];
    Object.assign(bare ?? {}, { tags: { [key]: value } });
    const { stateStore } = tablekeeper.asPerson;
    const forget = async () => {
      const before = await stateStore.readMemory();
      const { vaultRecords: _, ...rest } = before;
      await stateStore.saveMemory(before, rest);
    };
    await tablekeeper.clock.run(forget());
    const { plan } = await tablekeeper.run('audit');
    expect(plan.retention).toMatchObject([
      { recoveryPoint: { id: bare?.arn, origin: { policy: 'offsite' } } },
    ]);
    expect(kindsOf(await daysOf(tablekeeper, 3))).toEqual([]);
    expect(ready(tablekeeper)).toHaveLength(2);
  });
});

describe('jobs that AWS has forgotten', { timeout: 60_000 }, () => {
  it('are remembered: plain recovery points of more than a month are owned', async () => {
    const tablekeeper = await begin(offsite('', '{ monthly: 3 }').replace('0 3 * * *', '0 3 1 * *'));
    setRegionSettings(tablekeeper.account, { optIn: { DynamoDB: true }, management: {} });
    for (let month = 2; month < 6; month += 1) {
      await tablekeeper.clock.advanceTo(Date.UTC(2026, month, 3, 10));
      await daysOf(tablekeeper, 0.5);
    }
    expect(ready(tablekeeper)).toHaveLength(3);
    const { openFindings } = await tablekeeper.run('audit');
    expect(kindsOf(openFindings)).toEqual([]);
  });

  it('and so has the state table: what has a tag is owned again, what has none is kept and shown as unproven', async () => {
    const tablekeeper = await begin();
    const { account, run } = tablekeeper;
    await daysOf(tablekeeper, 2);
    setRegionSettings(account, { optIn: { DynamoDB: true }, management: {} });
    await daysOf(tablekeeper, 1);
    const { stateStore } = tablekeeper.asPerson;
    const forget = async () => {
      const before = await stateStore.readMemory();
      const { vaultRecords: _, ...rest } = before;
      await stateStore.saveMemory(before, rest);
    };
    await tablekeeper.clock.advanceBy(31 * DAY_MS);
    await tablekeeper.clock.run(forget());
    const { openFindings, plan } = await run('audit');
    expect(kindsOf(openFindings)).toContain('recovery-points-unproven');
    expect(plan.retention.length).toBeGreaterThan(0);
    const before = ready(tablekeeper).filter(({ form }) => form === 'plain').length;
    await daysOf(tablekeeper, 2);
    expect(ready(tablekeeper).filter(({ form }) => form === 'plain').length).toBeGreaterThanOrEqual(before);
  });
});
