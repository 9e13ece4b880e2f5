import type { SimAccount } from './account.ts';
import { iamOperation, type Refusal, resourcesOf } from './authorization.ts';
import type { Call, ServiceName } from './call.ts';
import { type ServiceFailure, serviceFailure } from './failure.ts';
import { principalOf } from './sts.ts';

const THROTTLED: Readonly<Record<ServiceName, readonly [code: string, status: number]>> = {
  autoscaling: ['ThrottlingException', 400],
  cloudwatch: ['ThrottlingException', 400],
  pipes: ['ThrottlingException', 429],
  s3: ['SlowDown', 503],
  dynamodb: ['ThrottlingException', 400],
  iam: ['Throttling', 400],
  kms: ['ThrottlingException', 400],
  tagging: ['ThrottledException', 400],
  sns: ['Throttled', 429],
  ssm: ['ThrottlingException', 400],
  sts: ['Throttling', 400],
  cloudtrail: ['ThrottlingException', 400],
  organizations: ['TooManyRequestsException', 400],
  backup: ['ThrottlingException', 400],
  lambda: ['TooManyRequestsException', 429],
};

const INTERNAL: Readonly<Record<ServiceName, string>> = {
  autoscaling: 'InternalServiceException',
  cloudwatch: 'InternalServiceFault',
  pipes: 'InternalException',
  s3: 'InternalError',
  dynamodb: 'InternalServerError',
  iam: 'ServiceFailure',
  kms: 'KMSInternalException',
  tagging: 'InternalServiceException',
  sns: 'InternalError',
  ssm: 'InternalServerError',
  sts: 'InternalFailure',
  cloudtrail: 'InternalFailure',
  organizations: 'ServiceException',
  backup: 'ServiceUnavailableException',
  lambda: 'ServiceException',
};

const DENIED: Readonly<Record<ServiceName, readonly [code: string, status: number]>> = {
  autoscaling: ['AccessDeniedException', 400],
  cloudwatch: ['AccessDenied', 403],
  pipes: ['AccessDeniedException', 403],
  s3: ['AccessDenied', 403],
  dynamodb: ['AccessDeniedException', 400],
  iam: ['AccessDenied', 403],
  kms: ['AccessDeniedException', 400],
  tagging: ['AccessDeniedException', 400],
  sns: ['AuthorizationError', 403],
  ssm: ['AccessDeniedException', 400],
  sts: ['AccessDenied', 403],
  cloudtrail: ['AccessDeniedException', 400],
  organizations: ['AccessDeniedException', 400],
  backup: ['AccessDeniedException', 403],
  lambda: ['AccessDeniedException', 403],
};

export const throttlingFailure = (call: Call): ServiceFailure => {
  const [code, status] = THROTTLED[call.service];
  return serviceFailure(code, 'Rate exceeded', status);
};

export const internalFailure = (call: Call): ServiceFailure =>
  serviceFailure(INTERNAL[call.service], 'Internal server error', 500);

/** Words a denial of the call, or of what else it needs where a refusal says so. */
export const deniedFailure = (
  account: SimAccount,
  call: Call,
  refusal: Partial<Refusal> = {},
): ServiceFailure => {
  const [code, status] = DENIED[call.service];
  const { action = iamOperation(call), resource = resourcesOf(account, call)[0], because } = refusal;
  const principal = principalOf(account, call.caller.accessKeyId);
  const message =
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ` +
    (because ?? `because no identity-based policy allows the ${action} action`);
  return serviceFailure(code, message, status);
};
