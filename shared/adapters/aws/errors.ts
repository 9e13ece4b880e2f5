import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { messageOf } from '../../model/errors.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { isCutShort, OutOfTimeError } from './call-window.ts';
import { denialOf } from './denial.ts';

/**
 * What a failed call means for its caller. `throttled`: too fast, nothing was done · `access-denied`: not allowed, nothing was done · `not-found`:
 * what the call is about does not exist · `ambiguous`: no response, or a failure of the service: it may have been done · `refused`: understood and
 * rejected, nothing was done · `out-of-time`: not sent, because the run had no time left for it.
 */
export type FailureKind =
  | 'throttled'
  | 'access-denied'
  | 'not-found'
  | 'ambiguous'
  | 'refused'
  | 'out-of-time';

/** A call that failed in a way to expect. */
export interface FailedCall {
  readonly kind: FailureKind;
  /** The service's name for it, or the connection's: `BackupInUseException`, `ECONNRESET`. */
  readonly name: string;
  /** The same for everybody else: what failed, and why. */
  readonly failure: Failure;
  /** The HTTP status; absent where no answer came. */
  readonly status?: number;
  /** Set where the run's time ended further attempts, minutes at most after the first one. */
  readonly cutShort?: true;
}

/** Without permission, or without credentials that count. */
const ACCESS_DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

const NOT_FOUND = new Set([
  'BackupNotFoundException',
  'NoSuchEntityException',
  'ExportNotFoundException',
  'NoSuchBucket',
  'NoSuchKey',
  'NotFoundException',
  'ResourceNotFoundException',
  'TableNotFoundException',
  'TrailNotFoundException',
]);

/** Codes of sockets, name look-up, TLS and proxies; Node's codes for mistakes in a program (`ERR_INVALID_ARG_TYPE`) are not among them. */
const CONNECTION_CODE =
  /^(?:E(?!RR_)[A-Z0-9_]+|ERR_(?:TLS|SSL|PROXY)_\w+|CERT_\w+|UNABLE_TO_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+)$/;

interface Traits {
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: unknown;
}

const isServerFailure = ({ $metadata }: Traits): boolean => ($metadata?.httpStatusCode ?? 0) >= 500;

/** Broke on the way, timed out, or brought an answer that could not be read. */
const isConnectionFailure = (error: Error & Traits): boolean =>
  error.name === 'TimeoutError' ||
  (typeof error.code === 'string' && CONNECTION_CODE.test(error.code)) ||
  (error.$response !== undefined && error.$fault === undefined);

const kindOf = (error: Error & Traits): FailureKind | undefined => {
  if (error instanceof OutOfTimeError) return 'out-of-time';
  // The SDK knows throttling by name, by status 429 and by the service's own model. Nothing else decides it.
  if (isThrottlingError(error as SdkError)) return 'throttled';
  if (ACCESS_DENIED.has(error.name)) return 'access-denied';
  if (isServerFailure(error)) return 'ambiguous';
  if (NOT_FOUND.has(error.name)) return 'not-found';
  if (error.$fault === 'client') return 'refused';
  return isConnectionFailure(error) ? 'ambiguous' : undefined;
};

const nameOf = ({ name, code }: Error & Traits): string =>
  name === 'Error' && typeof code === 'string' ? code : name;

/** Returns whether the service asked to be called more slowly. */
export const isThrottling = (thrown: unknown): boolean =>
  thrown instanceof Error && kindOf(thrown) === 'throttled';

/** Shapes that a name of an error has. Another goes with the words: it may be anything, and would part what belongs together. */
const CODE = /^\w{2,80}$/;

const toFailure = (operation: string, kind: FailureKind, name: string, message: string): Failure => {
  if (kind === 'out-of-time') return ownFailure('out-of-time', message, { operation });
  if (!CODE.test(name))
    return { kind: 'call', operation, code: 'UnknownError', message: `${name}: ${message}` };
  const denial = denialOf(operation, name, message);
  return {
    kind: 'call',
    operation,
    code: name,
    message,
    ...(kind === 'throttled' && { isThrottled: true }),
    ...(denial !== undefined && { denial }),
  };
};

/**
 * Reads out of what a call threw why it failed. What is no answer of a service and no broken connection, a mistake in this program, is thrown on
 * as it is.
 */
export const failureOf = (operation: string, thrown: unknown): FailedCall => {
  const kind = thrown instanceof Error ? kindOf(thrown) : undefined;
  if (!(thrown instanceof Error) || kind === undefined) throw thrown;
  const name = nameOf(thrown);
  const status = (thrown as Traits).$metadata?.httpStatusCode;
  return {
    kind,
    name,
    failure: toFailure(operation, kind, name, messageOf(thrown)),
    ...(status !== undefined && { status }),
    ...(isCutShort(thrown) && { cutShort: true }),
  };
};
