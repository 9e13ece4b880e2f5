import { roleArn } from './arn.ts';
import { hasLinkedRole, linkedRoleArn } from './backup/roles.ts';
import { serviceFailure } from './failure.ts';
import type { Operation, Operations } from './operation.ts';

const TRUST = (service: string): string =>
  encodeURIComponent(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    }),
  );

type RoleTrouble = 'missing' | 'untrusted' | undefined;

/** A role is the account's in all Regions, and its trouble with AWS Backup is noted in any of them. */
const troubleOf = (account: Parameters<Operation>[0]['account'], arn: string): RoleTrouble =>
  [...account.state.regions.values()].map(({ state }) => state.backup.roles.get(arn)).find(Boolean);

/** Any role is there that nobody took away, and trusts AWS Backup. */
const getRole: Operation = ({ account, now }, { RoleName: name }) => {
  const arn = roleArn(account, String(name));
  const trouble = troubleOf(account, arn);
  const isLinked = name === linkedRoleArn(account.accountId).split('/').at(-1);
  if (trouble === 'missing' || (isLinked && !hasLinkedRole(account))) {
    throw serviceFailure('NoSuchEntity', `The role with name ${String(name)} cannot be found.`, 404);
  }
  return {
    Role: {
      Path: '/',
      RoleName: name,
      RoleId: 'AROASIMULATED',
      Arn: arn,
      CreateDate: new Date(now),
      AssumeRolePolicyDocument: TRUST(
        trouble === 'untrusted' ? 'lambda.amazonaws.com' : 'backup.amazonaws.com',
      ),
    },
  };
};

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const USER = /^arn:aws:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/;

/** The key of a person whose policies are asked about; a job works under its role itself. */
const keyOf = (arn: string): string => USER.exec(arn)?.[1] ?? arn;

/** Says what the account itself would say to a job under that role, or to that user. */
const simulatePrincipalPolicy: Operation = ({ account }, input) => {
  const principal = String(input.PolicySourceArn);
  if (troubleOf(account, principal) === 'missing') {
    throw serviceFailure('NoSuchEntity', `The entity ${principal} cannot be found.`, 404);
  }
  const accessKeyId = keyOf(principal);
  const resources = textsOf(input.ResourceArns);
  const { authorize } = account.state.settings;
  return {
    IsTruncated: false,
    EvaluationResults: textsOf(input.ActionNames).flatMap((operation) =>
      (resources.length === 0 ? ['*'] : resources).map((resource) => ({
        EvalActionName: operation,
        EvalResourceName: resource,
        EvalDecision: authorize({ operation, resource, accessKeyId }) === true ? 'allowed' : 'implicitDeny',
      })),
    ),
  };
};

export const IAM_OPERATIONS: Operations = {
  GetRole: getRole,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
};
