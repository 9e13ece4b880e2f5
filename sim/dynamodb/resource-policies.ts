import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { createdTable } from './find.ts';
import type { ResourcePolicy } from './resource-policy.ts';
import { streamAt } from './streams.ts';
import { RESOURCE_ARN } from './tags.ts';
import { writePolicy } from './write-policy.ts';

interface PolicyInput {
  readonly ResourceArn: string;
  readonly Policy?: string;
  readonly ExpectedRevisionId?: string;
}

const ARN =
  /^arn:aws:dynamodb:(?<region>[^:]+):(?<account>\d{12}):table\/(?<table>[^/]+)(?<stream>\/stream\/[^/]+)?$/;
const REST_MS = 15_000;
const NONE = 'NO_POLICY';

const missing = (arn: string): Error =>
  serviceFailure('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);

/** The table or the stream that the ARN names. */
const requireResource = (context: Context, arn: string): void => {
  const { region, account: owner, table = '', stream } = ARN.exec(arn)?.groups ?? {};
  if (region === undefined) throw validationFailure(`Invalid ResourceArn: ${arn}`);
  const { account, now } = context;
  if (owner !== account.accountId || region !== account.region) {
    throw serviceFailure('AccessDeniedException', `Access to the resource ${arn} is denied.`);
  }
  if (stream === undefined) createdTable(context, table);
  else if (!streamAt(account.state, arn, now)) throw missing(arn);
};

const noPolicy = (arn: string): Error =>
  serviceFailure(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: Requested policy not found ResourceArn: ${arn}`,
  );

/** A revision that is expected has to be the one that is there. */
const refuseOther = (policy: ResourcePolicy | undefined, input: PolicyInput): void => {
  const expected = input.ExpectedRevisionId;
  if (expected === undefined) return;
  const revision = policy?.document === undefined ? NONE : policy.revisionId;
  if (revision !== expected) throw noPolicy(input.ResourceArn);
};

/** After a change a table's policy rests for a while. */
const refuseResting = (
  policy: ResourcePolicy | undefined,
  { ResourceArn: arn }: PolicyInput,
  now: number,
) => {
  if (policy === undefined || now >= policy.changedAt + REST_MS) return;
  throw serviceFailure(
    'LimitExceededException',
    `Subscriber limit exceeded: The resource-based policy was changed less than 15 seconds ago: ${arn}`,
  );
};

export const putResourcePolicy: Operation = (context, raw) => {
  const input = validated<PolicyInput>(raw, { ResourceArn: RESOURCE_ARN, Policy: { required: true } });
  const { account, now } = context;
  requireResource(context, input.ResourceArn);
  const existing = account.state.resourcePolicies.get(input.ResourceArn);
  refuseOther(existing, input);
  if (existing?.document === input.Policy && existing !== undefined) {
    return { RevisionId: existing.revisionId };
  }
  refuseResting(existing, input, now);
  return { RevisionId: writePolicy(account, input.ResourceArn, input.Policy).revisionId };
};

/** Where there is none, nothing happens, unless a revision is expected. */
export const deleteResourcePolicy: Operation = (context, raw) => {
  const input = validated<PolicyInput>(raw, { ResourceArn: RESOURCE_ARN });
  const { account } = context;
  requireResource(context, input.ResourceArn);
  const existing = account.state.resourcePolicies.get(input.ResourceArn);
  refuseOther(existing, input);
  if (existing?.document === undefined) return {};
  writePolicy(account, input.ResourceArn, undefined);
  return { RevisionId: existing.revisionId };
};

/** For a while after a change a reader may still be shown what was there before, even nothing. */
export const getResourcePolicy: Operation = (context, raw) => {
  const { ResourceArn: arn } = validated<PolicyInput>(raw, { ResourceArn: RESOURCE_ARN });
  const { account, now } = context;
  requireResource(context, arn);
  const policy = account.state.resourcePolicies.get(arn);
  const isOld = policy !== undefined && now < policy.changedAt + account.state.settings.policyLagMs;
  const shown = isOld ? policy.former : policy;
  if (shown?.document === undefined) throw noPolicy(arn);
  return { Policy: shown.document, RevisionId: shown.revisionId };
};
