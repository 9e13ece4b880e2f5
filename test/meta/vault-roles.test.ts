import { beforeAll, describe, expect, it } from 'vitest';
import { GRACE_DAYS } from '../../shared/core/deployment/parameters.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { grantsOf, type Role, rolesOf, statementsOf } from '../support/roles.ts';
import { packageTemplate, type Resource, type Template } from '../support/template.ts';

const PLACE = { accountId: '111122223333', region: 'us-east-1' };
const OWN = 'arn:aws:iam::111122223333:role/tablekeeper-prod-us-east-1-vault';
const OTHER = 'arn:aws:iam::111122223333:role/vault-jobs';
const MADE = ['BackupVault', 'VaultKey', 'VaultJobRole', 'VaultRestoreRole'] as const;
const ROLES = ['VaultJobRole', 'VaultRestoreRole'] as const;

let template: Template;
beforeAll(() => {
  template = packageTemplate();
}, 60_000);

type Resources = Readonly<Record<string, Resource>>;

const madeWith = (parameters: Readonly<Record<string, string>>): Resources =>
  resolvedResources(template, { ...PLACE, parameters });

const roleOf = (resources: Resources, id: string): Role => {
  const role = rolesOf(resources)[id];
  if (role === undefined) throw new Error(`the template has no role ${id}`);
  return role;
};

const environmentRole = ({ BackupLambdaFunction }: Resources): unknown => {
  const properties = BackupLambdaFunction?.Properties as
    | { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } }
    | undefined;
  return properties?.Environment.Variables.TABLEKEEPER_VAULT_ROLE_ARN;
};

const passed = (resources: Resources): readonly string[] =>
  grantsOf(roleOf(resources, 'BackupRole'))
    .filter(({ action }) => action === 'iam:PassRole')
    .map(({ resource }) => resource);

/** The grants of a role on what the name of a service begins. */
const granted = (id: string, service: string): readonly string[] =>
  grantsOf(roleOf(madeWith({ Vault: 'ours' }), id))
    .filter(({ action }) => action.startsWith(`${service}:`))
    .map(({ action, resource }) => `${action.slice(service.length + 1)} ${resource}`)
    .toSorted();

describe('a deployment with a vault', () => {
  it.each([
    { given: {}, made: [], role: '', may: [] },
    { given: { VaultRoleArn: OTHER }, made: [], role: OTHER, may: [OTHER] },
    { given: { Vault: 'ours' }, made: MADE, role: OWN, may: [OWN] },
    { given: { Vault: 'ours', VaultRoleArn: OTHER }, made: MADE, role: OTHER, may: [OTHER] },
  ])('makes $made of $given, and its functions pass $may', ({ given, made, role, may }) => {
    const resources = madeWith(given);
    expect(MADE.filter((id) => id in resources)).toEqual(made);
    expect(environmentRole(resources)).toBe(role);
    expect(passed(resources)).toEqual(may);
  });

  it('has it under the name that was given, and the roles under those that jobs and people expect', () => {
    const { BackupVault, VaultJobRole, VaultRestoreRole } = madeWith({ Vault: 'ours' });
    expect(BackupVault?.Properties).toMatchObject({ BackupVaultName: 'ours' });
    expect(VaultJobRole?.Properties.RoleName).toBe('tablekeeper-prod-us-east-1-vault');
    expect(VaultRestoreRole?.Properties.RoleName).toBe('tablekeeper-prod-us-east-1-restore');
  });

  it('has it under a key of its own, which its account alone decides over and AWS rotates', () => {
    expect(template.Resources.BackupVault?.Properties.EncryptionKeyArn).toEqual({
      'Fn::GetAtt': ['VaultKey', 'Arn'],
    });
    expect(madeWith({ Vault: 'ours' }).VaultKey?.Properties).toMatchObject({
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*' },
        ],
      },
    });
  });

  it('lets nobody but prune delete in it, now and after it was deployed again', () => {
    expect(madeWith({ Vault: 'ours' }).BackupVault?.Properties.AccessPolicy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyPruneDeletes',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
          Resource: '*',
          Condition: {
            ArnNotLike: {
              'aws:PrincipalArn': [
                'arn:aws:iam::111122223333:role/PruneRole',
                'arn:aws:iam::111122223333:role/tablekeeper-prod-PruneRole-*',
              ],
            },
          },
        },
      ],
    });
  });

  const LOCKED = { Vault: 'ours', VaultLockMinDays: '7' };

  it.each([
    { given: { Vault: 'ours' }, lock: undefined },
    { given: { ...LOCKED, VaultLock: 'governance' }, lock: { MinRetentionDays: '7' } },
    {
      given: { ...LOCKED, VaultLock: 'governance', VaultLockMaxDays: '400', VaultLockCompliance: 'ours' },
      lock: { MinRetentionDays: '7', MaxRetentionDays: '400' },
    },
    { given: { ...LOCKED, VaultLock: 'compliance' }, lock: { MinRetentionDays: '7' } },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'other' },
      lock: { MinRetentionDays: '7' },
    },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'ours' },
      lock: { MinRetentionDays: '7', ChangeableForDays: GRACE_DAYS },
    },
  ])('locks it as $lock, given $given', ({ given, lock }) => {
    expect(madeWith(given).BackupVault?.Properties.LockConfiguration).toEqual(lock);
  });

  it.each(MADE)('leaves %s when it is removed', (id) => {
    expect(template.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe.each(ROLES)('%s', (id) => {
  it('is taken on by AWS Backup alone, and has no policy that others write', () => {
    const role = roleOf(madeWith({ Vault: 'ours' }), id);
    expect(role.ManagedPolicyArns).toBeUndefined();
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  it('takes the boundary of the deployment', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/developers';
    const made = madeWith({ Vault: 'ours', PermissionsBoundary: boundary });
    expect(made[id]?.Properties.PermissionsBoundary).toBe(boundary);
  });

  it('names its resources, but where AWS knows none', () => {
    const grants = grantsOf(roleOf(madeWith({ Vault: 'ours' }), id));
    const anywhere = grants.filter(({ resource }) => resource === '*').map(({ action }) => action);
    expect(anywhere).toEqual(id === 'VaultJobRole' ? ['backup:CopyFromBackupVault'] : []);
    expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  it('uses keys only for AWS Backup and DynamoDB', () => {
    const statements = statementsOf(roleOf(madeWith({ Vault: 'ours' }), id));
    const using = statements.filter(({ Action }) => /kms:(?!Describe)/.test(JSON.stringify(Action)));
    expect(using.map(({ Condition }) => Condition)).toEqual([
      { StringLike: { 'kms:ViaService': ['backup.*.amazonaws.com', 'dynamodb.*.amazonaws.com'] } },
      { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    ]);
  });
});

describe('what a job may do', () => {
  it('to DynamoDB: look at tables of the Region and make backups of them, and delete these', () => {
    const tables = 'arn:aws:dynamodb:us-east-1:111122223333:table/*';
    expect(granted('VaultJobRole', 'dynamodb')).toEqual([
      `CreateBackup ${tables}`,
      `DeleteBackup ${tables}/backup/*`,
      `DescribeBackup ${tables}/backup/*`,
      `DescribeTable ${tables}`,
      `ListTagsOfResource ${tables}`,
      `StartAwsBackupJob ${tables}`,
    ]);
  });

  it('to vaults: copy, but delete nothing', () => {
    expect(granted('VaultJobRole', 'backup')).toEqual([
      'CopyFromBackupVault *',
      'CopyIntoBackupVault arn:aws:backup:*:*:backup-vault:*',
      'DescribeBackupVault arn:aws:backup:*:*:backup-vault:*',
      'TagResource arn:aws:backup:*:111122223333:recovery-point:*',
    ]);
  });

  it('that restores: make and fill tables in any Region, but make and delete no backup and no table', () => {
    const calls = granted('VaultRestoreRole', 'dynamodb').map((grant) => grant.split(' ')[0]);
    expect(calls).toContain('RestoreTableFromAwsBackup');
    expect(calls).toContain('BatchWriteItem');
    expect(calls.filter((call) => /^(Create|Delete(?!Item)|Update(?!Item)|Start)/.test(call ?? ''))).toEqual(
      [],
    );
    expect(granted('VaultRestoreRole', 'backup')).toEqual([]);
  });
});
