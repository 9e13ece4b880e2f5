import { DAY_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Item, ItemCheck } from '../../model/restore.ts';
import type { KeyPart } from '../../model/table-settings.ts';

/**
 * TTL leaves items alone whose time is further back than this.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html (checked 2026-11-28)
 */
const TTL_REACHES_BACK_MS = 5 * 365 * DAY_MS;

/**
 * Says whether TTL would delete an item: a number of seconds since 1970 that has passed, by less
 * than five years. Any other type, and milliseconds, which lie in the far future, are left alone.
 */
export const wouldExpire = (item: Item, attribute: string, now: Instant): boolean => {
  const seconds = item[attribute]?.N;
  if (typeof seconds !== 'string') return false;
  const at = Number(seconds) * SECOND_MS;
  return at <= now && at > now - TTL_REACHES_BACK_MS;
};

/**
 * What the encryption clients of AWS write into each item; the name of the table is part of what
 * such an item is encrypted with.
 * @see https://docs.aws.amazon.com/database-encryption-sdk/latest/devguide/ddb-java-using.html (checked 2026-11-28)
 */
const ENCRYPTION_MARKS = ['*amzn-ddb-map-desc*', 'aws_dbe_head'];

/** Says whether an application has encrypted an item together with the name of its table. */
export const isBoundToName = (item: Item): boolean =>
  ENCRYPTION_MARKS.some((mark) => Object.hasOwn(item, mark));

/** Returns the key of an item. */
export const itemKeyOf = (item: Item, keys: readonly KeyPart[]): Item =>
  Object.fromEntries(keys.flatMap(({ name }) => (item[name] === undefined ? [] : [[name, item[name]]])));

/** Members of a set have no order; nothing else is rewritten. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] =>
    ['SS', 'NS', 'BS'].includes(name) && Array.isArray(member)
      ? [name, member.map((one) => String(one)).toSorted()]
      : [name, canonical(member)],
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Says whether two items hold the same, whatever the order of their attributes and sets. */
export const isSameItem = (one: Item, other: Item): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

/** What was read: items of the restored table, and items of the source beside what stands under their keys in the copy. */
export interface ItemsRead {
  readonly restored: readonly Item[];
  readonly pairs?: readonly (readonly [source: Item, restored: Item | undefined])[];
  /** Of the table that was restored from, where it stands and that is known. */
  readonly sourceBytes?: number;
  readonly ttlAttribute?: string;
  readonly now: Instant;
  readonly failures: ItemCheck['failures'];
}

/**
 * Counts what a sample shows. A key that is missing, or an item that differs, proves nothing alone:
 * the source may have been written since.
 */
export const checkItems = ({
  restored,
  pairs,
  sourceBytes = 0,
  ttlAttribute,
  now,
  failures,
}: ItemsRead): ItemCheck => ({
  read: restored.length,
  ...(restored.length === 0 && sourceBytes > 0 && { sourceBytes }),
  boundToName: restored.filter(isBoundToName).length,
  ...(ttlAttribute !== undefined && {
    expired: restored.filter((item) => wouldExpire(item, ttlAttribute, now)).length,
  }),
  ...(pairs !== undefined && {
    compared: {
      keys: pairs.length,
      there: pairs.filter(([, copy]) => copy !== undefined).length,
      equal: pairs.filter(([source, copy]) => copy !== undefined && isSameItem(source, copy)).length,
    },
  }),
  failures,
});
