import { ownFailure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Reading } from '../../ports/inventory.ts';
import { failureOf } from './errors.ts';

// The SDK's types say what a service promises, not what came: it hands over other types, nulls and invalid dates as they are.

/** Reads a field as text. Returns undefined for empty text and for any other type. */
export const statedText = (field: unknown): string | undefined =>
  typeof field === 'string' && field !== '' ? field : undefined;

/** Reads a field as an instant. Returns undefined for anything but a date, and for dates before 1970. */
export const statedInstant = (field: unknown): Instant | undefined => {
  const at = field instanceof Date ? field.getTime() : Number.NaN;
  return at >= 0 ? at : undefined;
};

/** Reads a field as a count or size. Returns undefined for anything but a whole number from 0. */
export const statedCount = (field: unknown): number | undefined =>
  typeof field === 'number' && Number.isSafeInteger(field) && field >= 0 ? field : undefined;

/** Reads a field as a list; entries that are not objects become empty objects, which state nothing. Returns undefined for anything but a list. */
export const statedList = <Entry extends object>(
  field: readonly Entry[] | undefined,
): readonly Partial<Entry>[] | undefined =>
  Array.isArray(field)
    ? field.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? entry : {}))
    : undefined;

/**
 * Turns a call that returns a value, or a sentence on what is wrong with the response, into a reading. Only the service's own not-found error becomes
 * `missing`.
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
