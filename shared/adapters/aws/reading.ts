import { ownFailure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Reading } from '../../ports/inventory.ts';
import { failureOf } from './errors.ts';

// The SDK's types say what a service promises, not what came: it hands over other types, nulls and invalid dates as they are.

/** Given a field of an answer, returns its text. At the edge undefined for the empty text and for everything that is no text. */
export const statedText = (field: unknown): string | undefined =>
  typeof field === 'string' && field !== '' ? field : undefined;

/** Given a field of an answer, returns the instant it states. At the edge undefined for what is no date, and for one before 1970. */
export const statedInstant = (field: unknown): Instant | undefined => {
  const at = field instanceof Date ? field.getTime() : Number.NaN;
  return at >= 0 ? at : undefined;
};

/** Given a field of an answer, returns the count or size it states. At the edge undefined for what is no whole number from 0. */
export const statedCount = (field: unknown): number | undefined =>
  typeof field === 'number' && Number.isSafeInteger(field) && field >= 0 ? field : undefined;

/** Given a field of an answer, returns the list in it; what is no object in it is an empty one, which states nothing. At the edge undefined for what is no list. */
export const statedList = <Entry extends object>(
  field: readonly Entry[] | undefined,
): readonly Partial<Entry>[] | undefined =>
  Array.isArray(field)
    ? field.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? entry : {}))
    : undefined;

/**
 * Given an operation's name and a call that gives a value, or in words what is wrong with the answer, returns the reading. At the edge
 * `missing` is the service's own word for a thing that is not there, and nothing else is.
 */
export const readingOf = async <Value extends object>(
  operation: string,
  call: () => Promise<Value | string>,
): Promise<Reading<Value>> => {
  try {
    const value = await call();
    if (typeof value === 'string')
      return { kind: 'unreadable', failure: ownFailure('answer-unusable', value, { operation }) };
    return { kind: 'found', value };
  } catch (error) {
    const { kind, failure } = failureOf(operation, error);
    if (kind === 'not-found') return { kind: 'missing' };
    return { kind: 'unreadable', failure, ...(kind === 'out-of-time' && { deferred: true }) };
  }
};
