import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { createRestoreRoleReader } from '../../../shared/adapters/vault-facts/seen-restore-role.ts';

// What IAM answers about the role of a restore, and about whoever restores.

const TARGET = { accountId: '111122223333', region: 'us-east-1' };
const ROLE = 'arn:aws:iam::111122223333:role/restore';
const USER = 'arn:aws:iam::111122223333:user/someone';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/someone';
const SSO = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1';
const TRUST = encodeURIComponent(
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' } } }),
);
const WISH = {
  roleArn: ROLE,
  table: 'orders',
  pointArn: 'arn:aws:backup:us-east-1:111122223333:recovery-point:1',
};

type Input = Readonly<Record<string, unknown>>;
type Decide = (action: string, input: Input) => object;

const ALLOWED = { EvalDecision: 'allowed' };

/** IAM as a function of what it is asked, and a record of whom it was asked about. */
const iamThat = (decide: Decide) => {
  const principals = new Set<unknown>();
  const send = async (command: { readonly input: Input }) => {
    const { input } = command;
    if (command instanceof GetRoleCommand)
      return { Role: { Arn: input.RoleName === 'restore' ? ROLE : SSO, AssumeRolePolicyDocument: TRUST } };
    principals.add(input.PolicySourceArn);
    const actions = input.ActionNames as readonly string[];
    return {
      EvaluationResults: actions.map((action) => ({ EvalActionName: action, ...decide(action, input) })),
    };
  };
  return { iam: { send } as unknown as IAMClient, principals };
};

const read = async (decide: Decide, caller = USER) => {
  const { iam, principals } = iamThat(decide);
  const reader = createRestoreRoleReader({ caller: async () => caller, iam, target: TARGET });
  return { facts: await reader.read(WISH), principals: [...principals] };
};

it('asks about the role and about the caller', async () => {
  expect(await read(() => ALLOWED)).toEqual({
    facts: {
      arn: ROLE,
      seen: { kind: 'found', value: { trustsBackup: true } },
      lacking: { kind: 'found', value: [] },
      isPassable: { kind: 'found', value: true },
    },
    principals: [ROLE, USER],
  });
});

it('a session is asked about by the role that it is of, whatever its path', async () => {
  const { principals } = await read(() => ALLOWED, SESSION);
  expect(principals).toEqual([ROLE, SSO]);
});

it('the root user may pass every role, and of any other session nothing is known', async () => {
  const root = await read(() => ALLOWED, 'arn:aws:iam::111122223333:root');
  expect(root.facts.isPassable).toEqual({ kind: 'found', value: true });
  const federated = await read(() => ALLOWED, 'arn:aws:sts::111122223333:federated-user/someone');
  expect(federated.facts.isPassable?.kind).toBe('unreadable');
});

it('passing is asked about for AWS Backup', async () => {
  const { facts } = await read((action, { ContextEntries }) =>
    action === 'iam:PassRole' && JSON.stringify(ContextEntries).includes('backup.amazonaws.com')
      ? { EvalDecision: 'implicitDeny' }
      : ALLOWED,
  );
  expect(facts.isPassable).toEqual({ kind: 'found', value: false });
});

it.each<{ name: string; result: object; lacking: unknown }>([
  {
    name: 'a denial is one',
    result: { EvalDecision: 'explicitDeny' },
    lacking: { kind: 'found', value: ['dynamodb:PutItem'] },
  },
  {
    name: 'a denial of one of several resources is one',
    result: {
      EvalDecision: 'allowed',
      ResourceSpecificResults: [
        { EvalResourceDecision: 'allowed' },
        { EvalResourceDecision: 'implicitDeny' },
      ],
    },
    lacking: { kind: 'found', value: ['dynamodb:PutItem'] },
  },
  {
    name: 'what depends on a condition that the question does not fill is unknown',
    result: { EvalDecision: 'implicitDeny', MissingContextValues: ['aws:ResourceTag/team'] },
    lacking: {
      kind: 'unreadable',
      failure: expect.objectContaining({ message: expect.stringContaining('dynamodb:PutItem') }),
    },
  },
])('$name', async ({ lacking, result }) => {
  const { facts } = await read((action) => (action === 'dynamodb:PutItem' ? result : ALLOWED));
  expect(facts.lacking).toEqual(lacking);
});
