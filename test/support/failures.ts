import { denialOf } from '../../shared/adapters/aws/denial.ts';
import { type CallFailure, type Failure, failureText, ownFailure } from '../../shared/model/failure.ts';

// Failures as adapters make them, written in short.

const THROTTLING = new Set(['LimitExceededException', 'ThrottledException', 'ThrottlingException']);

/** A call that failed, with what its code says of it. */
export const aCallFailure = (operation: string, code: string, message = 'no'): CallFailure => {
  const denial = denialOf(operation, code, message);
  return {
    kind: 'call',
    operation,
    code,
    message,
    ...(THROTTLING.has(code) && { isThrottled: true }),
    ...(denial !== undefined && { denial }),
  };
};

/** A failure of which only the words matter to a test. */
export const aFailure = (message = 'denied'): Failure => ownFailure('thrown', message);

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'message' in value && 'code' in value && 'kind' in value;

const readField = ([name, value]: readonly [string, unknown]): readonly [string, unknown] => {
  if (!isFailure(value)) return [name, asRead(value)];
  return [name === 'failure' ? 'reason' : name, failureText(value)];
};

/** What an adapter gives, with each failure as people read it: a `failure` is the `reason`, a `gap` is its text. */
export const asRead = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asRead);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(readField));
};

/** Why a list is not whole, as people read it. */
export const gapText = ({ gap }: { readonly gap?: Failure | undefined }): string =>
  gap === undefined ? 'none' : failureText(gap);
