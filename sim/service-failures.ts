import type { SimAccount } from './account.ts';
import { iamOperation, principalOf, resourcesOf } from './authorization.ts';
import type { Call, ServiceName } from './call.ts';
import { type ServiceFailure, serviceFailure } from './failure.ts';

const THROTTLED: Readonly<Record<ServiceName, readonly [code: string, status: number]>> = {
  dynamodb: ['ThrottlingException', 400],
  tagging: ['ThrottledException', 400],
  sns: ['Throttled', 429],
  ssm: ['ThrottlingException', 400],
  sts: ['Throttling', 400],
};

const INTERNAL: Readonly<Record<ServiceName, string>> = {
  dynamodb: 'InternalServerError',
  tagging: 'InternalServiceException',
  sns: 'InternalError',
  ssm: 'InternalServerError',
  sts: 'InternalFailure',
};

const DENIED: Readonly<Record<ServiceName, readonly [code: string, status: number]>> = {
  dynamodb: ['AccessDeniedException', 400],
  tagging: ['AccessDeniedException', 400],
  sns: ['AuthorizationError', 403],
  ssm: ['AccessDeniedException', 400],
  sts: ['AccessDenied', 403],
};

export const throttlingFailure = (call: Call): ServiceFailure => {
  const [code, status] = THROTTLED[call.service];
  return serviceFailure(code, 'Rate exceeded', status);
};

export const internalFailure = (call: Call): ServiceFailure =>
  serviceFailure(INTERNAL[call.service], 'Internal server error', 500);

export const deniedFailure = (account: SimAccount, call: Call): ServiceFailure => {
  const [code, status] = DENIED[call.service];
  const action = iamOperation(call);
  const principal = principalOf(account, call.caller.accessKeyId);
  const [resource] = resourcesOf(account, call);
  const message =
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`;
  return serviceFailure(code, message, status);
};
