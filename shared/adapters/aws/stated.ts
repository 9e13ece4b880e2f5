import type { Instant } from '../../model/instant.ts';

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
