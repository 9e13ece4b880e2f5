import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import { setBackupRole } from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { setBackupOptIn } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { setKey } from '../../sim/console/trouble.ts';
import { createVault, planOf, setVaultLock, setVaultPolicy, startJob } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// What an audit says of vaults before a job fails by it, and that it stops saying so.

const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';
const JOB_ROLE = 'arn:aws:iam::111122223333:role/tablekeeper-prod-us-east-1-vault';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/vault';

const POLICIES = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 2, yearly: 3 }
    copyTo: ["${DR}"]
`;

const begin = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: POLICIES });
  const { account, clock } = tablekeeper;
  createVault(account, { name: 'tablekeeper', encryptionKeyArn: KEY });
  createVault(openRegion(account, 'eu-west-1'), { name: 'dr' });
  createTable(account, {
    name: 'orders',
    tags: { 'backup:policy': 'offsite' },
    pitr: true,
    createdAt: clock.now() - 40 * DAY_MS,
  });
  await tablekeeper.run('protect');
  await clock.advanceBy(3 * HOUR_MS);
  await tablekeeper.run('protect');
  await clock.advanceBy(3 * HOUR_MS);
  return tablekeeper;
};

const audit = async ({ clock, run }: Deployment): Promise<readonly OpenFinding[]> => {
  await clock.advanceBy(HOUR_MS);
  return (await run('audit')).openFindings;
};

const inDr = ({ state }: Deployment['account']) => {
  const there = state.regions.get('eu-west-1');
  if (there === undefined) throw new Error('the other Region is not open');
  return there;
};

/** What fails by a cause is reported beside it, until it was tried again. */
const idsIn = (found: readonly OpenFinding[]): readonly string[] =>
  found.filter(({ kind }) => kind !== 'copy-failing').map(({ id }) => id);

describe('an audit', { timeout: 30_000 }, () => {
  it('has nothing to say where all is there, and asks each thing once', async () => {
    const tablekeeper = await begin();
    const { calls } = tablekeeper.account;
    expect(idsIn(await audit(tablekeeper))).toEqual([]);
    expect(
      Object.fromEntries(
        ['DescribeKey', 'GetRole', 'DescribeRegionSettings', 'GetBackupVaultAccessPolicy'].map((name) => [
          name,
          calls.of(name),
        ]),
      ),
    ).toEqual({ DescribeKey: 1, GetRole: 1, DescribeRegionSettings: 1, GetBackupVaultAccessPolicy: 1 });
    expect(['DescribeGlobalSettings', 'SimulatePrincipalPolicy'].map((name) => calls.of(name))).toEqual([
      0, 0,
    ]);
  });

  it.each<{
    name: string;
    upset: (world: Deployment) => void;
    repair: (world: Deployment) => void;
    id: string;
  }>([
    {
      name: 'the key of a vault waits for its deletion',
      upset: ({ account }) => setKey(account, KEY, 'pending deletion'),
      repair: ({ account }) => setKey(account, KEY, undefined),
      id: `vault-key-unusable/${KEY}`,
    },
    {
      name: 'the role of jobs is gone',
      upset: ({ account }) => setBackupRole(account, JOB_ROLE, 'missing'),
      repair: ({ account }) => setBackupRole(account, JOB_ROLE, undefined),
      id: `vault-role-unusable/${JOB_ROLE}/trust`,
    },
    {
      name: 'the role of jobs does not trust AWS Backup',
      upset: ({ account }) => setBackupRole(account, JOB_ROLE, 'untrusted'),
      repair: ({ account }) => setBackupRole(account, JOB_ROLE, undefined),
      id: `vault-role-unusable/${JOB_ROLE}/trust`,
    },
    {
      name: 'the advanced features are off',
      upset: ({ account }) => setBackupOptIn(account, { optedIn: true, advanced: false }),
      repair: ({ account }) => setBackupOptIn(account, { optedIn: true, advanced: true }),
      id: 'backup-settings-off/us-east-1/advanced',
    },
    {
      name: 'a lock was put on after the deployment, with a longest retention',
      upset: ({ account }) => setVaultLock(account, 'tablekeeper', { maxDays: 30 }),
      repair: ({ account }) => setVaultLock(account, 'tablekeeper', undefined),
      id: 'vault-lock-refuses/arn:aws:backup:us-east-1:111122223333:backup-vault:tablekeeper/offsite',
    },
    {
      name: 'a lock at the destination refuses the copies of one rule',
      upset: ({ account }) => setVaultLock(inDr(account), 'dr', { maxDays: 30 }),
      repair: ({ account }) => setVaultLock(inDr(account), 'dr', undefined),
      id: `vault-lock-refuses/${DR}/offsite`,
    },
    {
      name: 'the access policy of the destination denies copies',
      upset: ({ account }) =>
        setVaultPolicy(inDr(account), 'dr', {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' },
          ],
        }),
      repair: ({ account }) => setVaultPolicy(inDr(account), 'dr', undefined),
      id: `vault-policy-denies/${DR}/use`,
    },
  ])('says that $name, and that it is over', async ({ upset, repair, id }) => {
    const tablekeeper = await begin();
    upset(tablekeeper);
    expect(idsIn(await audit(tablekeeper))).toEqual([id]);
    repair(tablekeeper);
    expect(idsIn(await audit(tablekeeper))).toEqual([]);
  });

  it('resolves nothing of what it could not read, and says that it could not', async () => {
    const tablekeeper = await begin();
    const { account } = tablekeeper;
    setKey(account, KEY, 'disabled');
    expect(idsIn(await audit(tablekeeper))).toEqual([`vault-key-unusable/${KEY}`]);
    setKey(account, KEY, undefined);
    const fault = account.faults.add({ operation: 'DescribeKey', kind: 'access-denied' });
    expect(idsIn(await audit(tablekeeper))).toEqual([`vault-key-unusable/${KEY}`, 'vault-unchecked']);
    fault.remove();
    expect(idsIn(await audit(tablekeeper))).toEqual([]);
  });

  it('names the plan of somebody else that backs the same table up', async () => {
    const tablekeeper = await begin();
    const { account } = tablekeeper;
    startJob(account, {
      tableName: 'orders',
      vaultName: 'tablekeeper',
      iamRoleArn: 'arn:aws:iam::111122223333:role/theirs',
      createdBy: planOf(account, 'nightly'),
    });
    const found = await audit(tablekeeper);
    expect(idsIn(found)).toEqual([
      'also-backed-up/arn:aws:backup:us-east-1:111122223333:backup-plan:nightly',
    ]);
    expect(found[0]?.fact).toMatch(/^The backup plan nightly backs up orders as well: /);
  });

  it('asks nothing about a policy that no table uses', async () => {
    const tablekeeper = await begin();
    const { account, run } = tablekeeper;
    setKey(account, KEY, 'disabled');
    const more = `${POLICIES}  standard: { schedule: "0 3 * * *", retention: { daily: 2 } }\n`;
    const { openFindings } = await run('audit', { policies: more.replaceAll('offsite', 'elsewhere') });
    expect(openFindings.map(({ kind }) => kind)).not.toContain('vault-key-unusable');
  });
});
