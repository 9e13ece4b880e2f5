import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { setBackupRole } from '../../sim/console/backup-trouble.ts';
import { setKey } from '../../sim/console/trouble.ts';
import { DAY, failureOf, START, simWorld } from './world.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/k1';
const ROLE = 'arn:aws:iam::111122223333:role/jobs';

describe('DescribeKey', () => {
  it.each([
    { trouble: undefined, shows: { KeyState: 'Enabled', Enabled: true } },
    { trouble: 'disabled', shows: { KeyState: 'Disabled', Enabled: false } },
    {
      trouble: 'pending deletion',
      shows: { KeyState: 'PendingDeletion', Enabled: false, DeletionDate: new Date(START + 30 * DAY) },
    },
  ] as const)('shows a key that is $trouble', async ({ trouble, shows }) => {
    const { account, kms } = simWorld();
    setKey(account, 'k1', trouble);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: KEY }));
    expect(KeyMetadata).toMatchObject({ Arn: KEY, KeyManager: 'CUSTOMER', ...shows });
  });

  it('does not know a key that is gone', async () => {
    const { account, kms } = simWorld();
    setKey(account, 'k1', 'missing');
    expect(await failureOf(kms.send(new DescribeKeyCommand({ KeyId: KEY })))).toMatch(/^NotFoundException: /);
  });
});

describe('GetRole', () => {
  it.each([
    { trouble: undefined, trusts: 'backup.amazonaws.com' },
    { trouble: 'untrusted', trusts: 'lambda.amazonaws.com' },
  ] as const)('shows whom a role trusts: $trusts', async ({ trouble, trusts }) => {
    const { account, iam } = simWorld();
    setBackupRole(account, ROLE, trouble);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'jobs' }));
    expect(Role?.Arn).toBe(ROLE);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain(trusts);
  });

  it('does not know a role that is gone', async () => {
    const { account, iam } = simWorld();
    setBackupRole(account, ROLE, 'missing');
    expect(await failureOf(iam.send(new GetRoleCommand({ RoleName: 'jobs' })))).toMatch(
      /^NoSuchEntityException: /,
    );
  });
});

it('SimulatePrincipalPolicy says what a job under the role would be allowed', async () => {
  const { iam } = simWorld({
    authorize: ({ accessKeyId, operation }) => accessKeyId !== ROLE || operation !== 'dynamodb:CreateBackup',
  });
  const { EvaluationResults } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: ROLE,
      ActionNames: ['dynamodb:CreateBackup', 'dynamodb:DescribeTable'],
      ResourceArns: ['arn:aws:dynamodb:us-east-1:111122223333:table/orders'],
    }),
  );
  expect(
    EvaluationResults?.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
  ).toEqual([
    ['dynamodb:CreateBackup', 'implicitDeny'],
    ['dynamodb:DescribeTable', 'allowed'],
  ]);
});
