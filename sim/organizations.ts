import type { OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';

/** What policies an account has from its organization, as the documents that are in force, by type: `TAG_POLICY`. */
export type EffectivePolicies = Map<string, { readonly content: string; readonly changedAt: number }>;

/** The organization that the account belongs to, if it does. */
export interface Organization {
  isMember: boolean;
  /** The account that made it through the API; undefined where the console made the account a member. */
  managementAccountId: string | undefined;
  readonly policies: EffectivePolicies;
}

export const createOrganization = (): Organization => ({
  isMember: false,
  managementAccountId: undefined,
  policies: new Map(),
});

/** What its operations work on. */
interface State {
  readonly organization: Organization;
}

const NOT_IN_USE = 'AWSOrganizationsNotInUseException';

const TYPES = [
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
];

/** Of the caller's own account; what the service says of others is for the account that manages the organization. */
const describeEffectivePolicy: OperationOn<State> = ({ account }, input) => {
  const { isMember, policies } = account.state.organization;
  const { PolicyType: type, TargetId: target = account.accountId } = input;
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    throw serviceFailure('InvalidInputException', 'You specified an invalid value.', 400, {
      Reason: 'INVALID_ENUM',
    });
  }
  if (!isMember) {
    throw serviceFailure(NOT_IN_USE, 'Your account is not a member of an organization.');
  }
  const policy = target === account.accountId ? policies.get(type) : undefined;
  if (!policy) {
    const message = `There is no effective policy of type ${type} for the account ${String(target)}.`;
    throw serviceFailure('EffectivePolicyNotFoundException', message);
  }
  return {
    EffectivePolicy: {
      PolicyContent: policy.content,
      LastUpdatedTimestamp: policy.changedAt / 1000,
      TargetId: target,
      PolicyType: type,
    },
  };
};

const organizationShape = (accountId: string): object => ({
  Organization: {
    Id: 'o-simulated',
    Arn: `arn:aws:organizations::${accountId}:organization/o-simulated`,
    FeatureSet: 'ALL',
    MasterAccountId: accountId,
    MasterAccountArn: `arn:aws:organizations::${accountId}:account/o-simulated/${accountId}`,
  },
});

/** There is one in a world. */
const createOrganizationOperation: OperationOn<State> = ({ account }) => {
  const { organization } = account.state;
  if (organization.isMember) {
    const message = 'The AWS account is already a member of an organization.';
    throw serviceFailure('AlreadyInOrganizationException', message);
  }
  organization.isMember = true;
  organization.managementAccountId = account.accountId;
  return organizationShape(account.accountId);
};

const describeOrganization: OperationOn<State> = ({ account }) => {
  const { isMember, managementAccountId = account.accountId } = account.state.organization;
  if (isMember) return organizationShape(managementAccountId);
  throw serviceFailure(NOT_IN_USE, 'Your account is not a member of an organization.');
};

export const ORGANIZATIONS_OPERATIONS: OperationsOn<State> = {
  CreateOrganization: createOrganizationOperation,
  DescribeEffectivePolicy: describeEffectivePolicy,
  DescribeOrganization: describeOrganization,
};
