import { describe, expect, it } from 'vitest';
import {
  setBackupRole,
  setCrossAccountBackup,
  setLinkedBackupRole,
} from '../../sim/console/backup-trouble.ts';
import { joinOrganization, putFunction, setBackupOptIn } from '../../sim/console/services.ts';
import { setKey, setKeyPolicy } from '../../sim/console/trouble.ts';
import { createVault, setVaultLock } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { aFile, typedIn } from './typed.ts';

// What `doctor` and `validate --against-account` say of backup vaults: the same as audits, with a person's rights.

const FAR = 'arn:aws:backup:eu-west-1:999922223333:backup-vault:far';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/vault';
const ROLE = 'arn:aws:iam::111122223333:role/tablekeeper-prod-us-east-1-vault';

const policies = (more = ''): string => `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 7 }
${more}`;

const begin = async (): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z', rates: 'off' });
  createVault(world.account, { name: 'tablekeeper', encryptionKeyArn: KEY });
  return world;
};

const doctor = async (world: Deployment, text = policies()) => {
  const { stdout, exitCode } = await typedIn(world, ['doctor', '--json'], { policies: text });
  const { diagnoses } = JSON.parse(stdout) as {
    readonly diagnoses: readonly { readonly item: string; readonly status: string; readonly says: string }[];
  };
  return { exitCode, diagnoses };
};

const OF_VAULTS =
  /^(?:AWS Backup settings|vault key|vault lock|backup vault|vault access policy|role of backup jobs)$/;

const rowsOf = async (world: Deployment, text?: string) =>
  (await doctor(world, text)).diagnoses
    .filter(({ item }) => OF_VAULTS.test(item))
    .map(({ item, status, says }) => `${status} ${item}: ${says}`);

describe('doctor', () => {
  it('has one line where all is there', async () => {
    expect(await rowsOf(await begin())).toEqual([
      'fine backup vault: tablekeeper: vaults, keys, role and settings are as the policies need them',
    ]);
  });

  it('says how each vault is guarded, and what of that the deployment gave it is gone', async () => {
    const world = await begin();
    setVaultLock(world.account, 'tablekeeper', { minDays: 7 });
    const rows = async () =>
      (await doctor(world)).diagnoses
        .filter(({ item }) => item === 'vault guard')
        .map(({ says, status }) => `${status}: ${says}`);
    const guard =
      'fine: tablekeeper in us-east-1 of account 111122223333: locked in governance mode, for at least 7 days; no access policy denies deleting: whoever has the right to it may';
    expect(await rows()).toEqual([guard]);
    putFunction(world.account, 'tablekeeper-prod-backup', {
      TABLEKEEPER_VAULT_MADE: 'tablekeeper;governance;30;;',
    });
    const found = await rows();
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(/^missing: The lock of the backup vault tablekeeper, .* for 7 days only/);
    expect(found[1]).toMatch(/^missing: The access policy of the backup vault tablekeeper, .* is gone/);
  });

  it('says what is missing, and what is not seen from here', async () => {
    const world = await begin();
    setKey(world.account, KEY, 'disabled');
    setBackupOptIn(world.account, { optedIn: true, advanced: false });
    const rows = await rowsOf(world, policies(`    copyTo: ["${FAR}"]`));
    expect(rows.map((row) => row.slice(0, row.indexOf(':')))).toEqual([
      'missing vault key',
      'missing AWS Backup settings',
      'missing AWS Backup settings',
      'missing vault key',
      'unknown backup vault',
    ]);
    expect(rows.at(-1)).toContain('far in eu-west-1 of account 999922223333 cannot be seen from here');
  });

  it('says what AWS Backup itself lacks, in this account, and how to see it in another one', async () => {
    const world = await begin();
    setLinkedBackupRole(world.account, false);
    setKeyPolicy(world.account, KEY, { Statement: [] });
    const { stdout } = await typedIn(world, ['doctor'], { policies: policies(`    copyTo: ["${FAR}"]`) });
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('The account has no role AWSServiceRoleForBackup');
    expect(text).toContain('aws iam create-service-linked-role --aws-service-name backup.amazonaws.com');
    expect(text).toContain(`The policy of the key ${KEY} does not let jobs of this account use it`);
    expect(text).toContain(`The policy of the key ${KEY} does not let account 999922223333 use it`);
    expect(text).toContain('With credentials of account 999922223333, see that the vault is there');
    expect(text).toContain(
      'aws backup get-backup-vault-access-policy --region eu-west-1 --backup-vault-name far',
    );
  });

  it('looks at the role that the functions were given', async () => {
    const world = await begin();
    const theirs = 'arn:aws:iam::111122223333:role/backups';
    putFunction(world.account, 'tablekeeper-prod-backup', { TABLEKEEPER_VAULT_ROLE_ARN: theirs });
    setBackupRole(world.account, theirs, 'untrusted');
    setBackupRole(world.account, ROLE, 'missing');
    expect(await rowsOf(world)).toEqual([
      `missing role of backup jobs: AWS Backup cannot take on the role ${theirs}: its trust policy does not name backup.amazonaws.com. No job begins.`,
    ]);
  });

  it('says that a deployment was given no role at all', async () => {
    const world = await begin();
    putFunction(world.account, 'tablekeeper-prod-backup', { TABLEKEEPER_VAULT_ROLE_ARN: '' });
    setBackupRole(world.account, ROLE, 'missing');
    expect(await rowsOf(world)).toEqual([
      'missing role of backup jobs: the deployment was given neither a vault nor a role of jobs, so that no function may reach AWS Backup',
    ]);
  });

  it('names all rights that the role lacks at once', async () => {
    const world = await begin();
    const { authorize } = world.account.state.settings;
    const taken = ['dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'];
    Object.assign(world.account.state.settings, {
      authorize: (request: Parameters<typeof authorize>[0]) =>
        !(request.accessKeyId === ROLE && taken.includes(request.operation)) && authorize(request),
    });
    expect(await rowsOf(world)).toEqual([
      `missing role of backup jobs: The role ${ROLE} lacks what jobs need: ${taken.join(', ')}.`,
    ]);
  });

  it('calls what it may not see unknown, once, and not missing', async () => {
    const world = await begin();
    world.account.faults.add({ operation: 'ListBackupVaults', kind: 'access-denied' });
    expect(await rowsOf(world)).toEqual([
      'unknown backup vault: the vault tablekeeper could not be seen: backup:ListBackupVaults is not allowed to you',
    ]);
  });
});

describe('validate --against-account', () => {
  const validated = async (world: Deployment, text: string, argv: readonly string[] = []) => {
    const file = aFile(text);
    return await typedIn(world, ['validate', file, '--against-account', '--no-color', ...argv]);
  };

  it('says that all is there', async () => {
    const { exitCode, stdout } = await validated(await begin(), policies());
    expect(stdout).toMatch(
      /\nIn us-east-1 of account 111122223333\n {2}✔ {2}vaults, keys, role and settings are as the policies need them\n$/,
    );
    expect(exitCode).toBe(0);
  });

  it('says what is missing, with the command that makes it, and ends with 1', async () => {
    const { exitCode, stdout } = await validated(
      await begin(),
      policies().replace('vault: tablekeeper', 'vault: other'),
    );
    expect(stdout).toContain('✖  There is no backup vault other in us-east-1 of account 111122223333.');
    expect(stdout).toContain('npm run deploy -- --param vault=other --region us-east-1\n');
    expect(stdout).toContain('aws backup create-backup-vault --region us-east-1 --backup-vault-name other\n');
    expect(exitCode).toBe(1);
  });

  it('ends with 3 where a policy copies into another account, which nobody sees from here', async () => {
    const world = await begin();
    joinOrganization(world.account);
    setCrossAccountBackup(world.account, true);
    const everybody = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
    setKeyPolicy(world.account, KEY, { Statement: [everybody] });
    const { exitCode, stdout } = await validated(world, policies(`    copyTo: ["${FAR}"]`));
    expect(stdout).toContain('Not seen: the vault far in eu-west-1 of account 999922223333');
    expect(stdout.split('\n').filter((line) => line.includes('✖'))).toEqual([]);
    expect(stdout).not.toContain('✔');
    expect(exitCode).toBe(3);
  });

  it('ends with 3 where something could not be seen', async () => {
    const world = await begin();
    world.account.faults.add({ operation: 'DescribeKey', kind: 'access-denied' });
    const { exitCode, stdout } = await validated(world, policies());
    expect(stdout).toContain('?  Not seen: the key of the vault tablekeeper');
    expect(exitCode).toBe(3);
  });

  it('asks nothing where no policy has a vault', async () => {
    const world = await begin();
    const text = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }';
    const { exitCode, stdout } = await validated(world, text);
    expect(stdout).toContain('nothing to check: no policy has a vault');
    expect(exitCode).toBe(0);
    expect(world.account.calls.of('ListBackupVaults')).toBe(0);
  });

  it('says the same to programs', async () => {
    const world = await begin();
    setKey(world.account, KEY, 'disabled');
    const { stdout } = await validated(world, policies(), ['--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: true,
      account: {
        accountId: '111122223333',
        region: 'us-east-1',
        troubles: [{ kind: 'vault-key-unusable', severity: 'critical' }],
        unknown: [],
      },
    });
  });
});
