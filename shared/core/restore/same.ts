import { sameValue } from '../../model/ordered-json.ts';
import type { Capacity, Json, TableShape } from '../../model/table-settings.ts';

/** Turns a setting into the JSON that it is kept as; what is absent is null. */
export const asJson = (value: unknown): Json =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);

/** Says whether two settings are the same JSON, whatever the order of their keys; what is absent is null. */
export const isSame = (one: unknown, other: unknown): boolean => sameValue(one ?? null, other ?? null);

/** How the service writes that there is no limit. */
export const NO_LIMIT: Capacity = { reads: -1, writes: -1 };

/** Says whether two on-demand maxima are the same: none and -1 of both are. */
export const isSameMaximum = (one: Capacity = NO_LIMIT, other: Capacity = NO_LIMIT): boolean =>
  one.reads === other.reads && one.writes === other.writes;

/** The key that AWS manages and an alias are shown by the ARN of a key that nobody here knows. */
const isKnownByKey = ({
  keyArn,
  isAwsManaged,
}: Extract<TableShape['encryption'], { kind: 'kms' }>): boolean =>
  isAwsManaged !== true && !keyArn.includes('alias/');

/**
 * Says whether two tables are encrypted alike. A key that was named by an alias, or as the one that AWS manages, is taken for any key of KMS: the
 * service shows another name of it, and a change of a key that is right counts against four a day.
 */
export const isSameEncryption = (one: TableShape['encryption'], other: TableShape['encryption']): boolean => {
  if (one.kind !== 'kms' || other.kind !== 'kms') return one.kind === other.kind;
  return one.keyArn === other.keyArn || !isKnownByKey(one) || !isKnownByKey(other);
};

/** Says whether every member is at least as high as wanted. */
export const reaches = (live: Capacity | undefined, wanted: Capacity): boolean =>
  live !== undefined && live.reads >= wanted.reads && live.writes >= wanted.writes;

/** The higher of both for each member: warm throughput is never lowered. */
export const highest = (one: Capacity | undefined, other: Capacity): Capacity => ({
  reads: Math.max(one?.reads ?? 0, other.reads),
  writes: Math.max(one?.writes ?? 0, other.writes),
});
