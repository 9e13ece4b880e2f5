import type { SimAccount } from './account.ts';
import { refusalOf } from './authorization.ts';
import type { Answer, Call, Sent } from './call.ts';
import {
  connectionFailure,
  isServiceFailure,
  type ServiceFailure,
  serviceFailure,
  unknownOperation,
} from './failure.ts';
import type { Fault } from './faults.ts';
import { openOnRequest } from './open.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { deniedFailure, internalFailure, throttlingFailure } from './service-failures.ts';
import { cborFailure, cborSuccess } from './wire/cbor.ts';
import { scopeOf } from './wire/credential.ts';
import { jsonFailure, jsonSuccess } from './wire/json.ts';
import { queryFailure, querySuccess } from './wire/query.ts';
import { protocolOf, readCall } from './wire/request.ts';
import { restFailure, restSuccess } from './wire/rest.ts';
import { checkExpiry, s3Failure, s3Success } from './wire/s3.ts';
import { accountOfKey } from './world.ts';

/** What a timeout takes when the fault does not say. */
const TIMEOUT_MS = 3000;

const pause = async (account: SimAccount, call: Call, ms: number): Promise<void> => {
  if (ms <= 0) return;
  const { state } = account;
  const requests = call.caller.via === 'http' ? 1 : 0;
  state.sleepingRequests += requests;
  await account.clock.sleep(ms);
  state.sleepingRequests -= requests;
};

const throttled = (account: SimAccount, call: Call): Error => {
  account.state.calls.countThrottle(call.operation);
  return throttlingFailure(call);
};

/** Throws, or waits, for an injected fault, before the operation has any effect. */
const failBefore = async (account: SimAccount, call: Call, fault: Fault): Promise<void> => {
  switch (fault.kind) {
    case 'throttle':
      throw throttled(account, call);
    case 'internal-error':
      throw fault.answer
        ? serviceFailure(fault.answer.code, fault.answer.message, fault.answer.status)
        : internalFailure(call);
    case 'access-denied':
      throw deniedFailure(account, call, fault);
    case 'connection-reset':
      throw connectionFailure('reset');
    case 'timeout':
      await pause(account, call, fault.delayMs ?? TIMEOUT_MS);
      throw connectionFailure('timeout');
    case 'slow':
      return pause(account, call, fault.delayMs ?? TIMEOUT_MS);
    case 'connection-reset-after-effect':
    case 'timeout-after-effect':
      return;
  }
};

/** What goes wrong once the operation has had its effect: the answer is lost. */
const failAfter = async (account: SimAccount, call: Call, fault: Fault): Promise<void> => {
  if (fault.kind === 'connection-reset-after-effect') throw connectionFailure('reset');
  if (fault.kind !== 'timeout-after-effect') return;
  await pause(account, call, fault.delayMs ?? TIMEOUT_MS);
  throw connectionFailure('timeout');
};

const perform = (account: SimAccount, call: Call, operation: Operation): object | Promise<object> => {
  const refusal = refusalOf(account, call);
  if (refusal) throw deniedFailure(account, call, refusal);
  if (!account.state.rates.admit(call)) throw throttled(account, call);
  account.state.settle();
  return operation({ account, caller: call.caller, now: account.clock.now() }, call.input);
};

/** Performs a call after all that stands between a client and a service: latency, faults, permission, rates. */
export const connectedCall = async (account: SimAccount, call: Call): Promise<object> => {
  const operation = OPERATIONS[call.service][call.operation];
  if (!operation) throw unknownOperation();
  account.state.calls.countCall(call.operation);
  await pause(account, call, account.state.settings.latencyMs);
  const fault = account.faults.inject(call);
  if (fault) await failBefore(account, call, fault);
  const output = await perform(account, call, operation);
  if (fault) await failAfter(account, call, fault);
  return output;
};

const encodeFailure = (account: SimAccount, sent: Sent, failure: ServiceFailure): Answer => {
  const requestId = account.state.requestIds.uuid();
  switch (protocolOf(sent)) {
    case 'cbor':
      return cborFailure(failure, requestId);
    case 'json':
      return jsonFailure(sent, failure, requestId);
    case 'query':
      return queryFailure(sent, failure, requestId);
    case 'rest':
      return restFailure(failure, requestId);
    case 's3':
      return s3Failure(failure, requestId);
  }
};

const disabledRegionFailure = ({ state }: SimAccount): ServiceFailure =>
  state.settings.disabledRegion === 'OptInRequired'
    ? serviceFailure('OptInRequired', 'The AWS Access Key Id needs a subscription for the service', 403)
    : serviceFailure(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403,
      );

/** Throws what AWS answers in a Region that is not enabled. */
export const refuseDisabled = (account: SimAccount, region: string): void => {
  if (account.state.world.disabledRegions.has(region)) throw disabledRegionFailure(account);
};

/** The account that the caller's key belongs to, in the Region that the request was signed for; this one where there is none such. */
const calledAccount = (account: SimAccount, sent: Sent): SimAccount => {
  const { world } = account.state;
  const { accessKeyId: key, region } = scopeOf(sent) ?? { accessKeyId: '', region: account.region };
  refuseDisabled(account, region);
  const accountId = accountOfKey(world, key) ?? account.accountId;
  // A world may stand in for the account that is called, and the list holds the one that it was made from.
  if (accountId === account.accountId && region === account.region) return account;
  return (
    world.accounts.get(accountId)?.get(region) ?? openOnRequest(account, { accountId, region }) ?? account
  );
};

const answerCall = async (account: SimAccount, sent: Sent): Promise<Answer> => {
  const call = readCall(sent);
  if (call.service === 's3') checkExpiry(sent, account.clock.now());
  const output = await connectedCall(account, call);
  const requestId = account.state.requestIds.uuid();
  switch (protocolOf(sent)) {
    case 'cbor':
      return cborSuccess(output, requestId);
    case 'json':
      return jsonSuccess(call, output, requestId);
    case 'query':
      return querySuccess(call, output, requestId);
    case 'rest':
      return restSuccess(output, requestId);
    case 's3':
      return s3Success(call, output, requestId);
  }
};

/** Answers a request as it came over the wire. Rejects only where the connection breaks. */
export const answer = async (account: SimAccount, sent: Sent): Promise<Answer> => {
  try {
    return await answerCall(calledAccount(account, sent), sent);
  } catch (error) {
    if (isServiceFailure(error)) return encodeFailure(account, sent, error);
    throw error;
  }
};
