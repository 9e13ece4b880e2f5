import type { OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';

/** What policies an account has from its organization, as the documents that are in force, by type: `TAG_POLICY`. */
export type EffectivePolicies = Map<string, { readonly content: string; readonly changedAt: number }>;

/** The organization that the account belongs to, if it does. */
export interface Organization {
  isMember: boolean;
  readonly policies: EffectivePolicies;
}

export const createOrganization = (): Organization => ({ isMember: false, policies: new Map() });

/** What its operations work on. */
interface State {
  readonly organization: Organization;
}

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
    throw serviceFailure(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
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

export const ORGANIZATIONS_OPERATIONS: OperationsOn<State> = {
  DescribeEffectivePolicy: describeEffectivePolicy,
};
