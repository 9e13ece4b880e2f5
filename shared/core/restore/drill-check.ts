import type { Drill, DrillCheck } from '../../model/drill.ts';
import { ownFailure } from '../../model/failure.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Item, ItemCheck } from '../../model/restore.ts';
import type { LocalIndex, TableShape } from '../../model/table-settings.ts';
import { bytesText } from '../text/bytes.ts';
import { counted } from '../text/words.ts';

type Keyed = Pick<TableShape, 'keys'>;
type Indexed = Pick<TableShape, 'globalIndexes' | 'localIndexes'>;

const keysText = ({ keys }: Keyed): string =>
  keys
    .toSorted((a, b) => (a.role < b.role ? -1 : 1))
    .map(({ name, role }) => `${name} (${role})`)
    .join(', ');

const indexText = (index: Pick<LocalIndex, 'name' | 'keys'>): string => `${index.name}: ${keysText(index)}`;

const indexesText = ({ globalIndexes, localIndexes }: Indexed): string =>
  [...globalIndexes, ...localIndexes].map(indexText).toSorted().join('; ') || 'none';

const oneOf = (name: DrillCheck['name'], expected: readonly string[], found: string): DrillCheck => {
  const [first] = expected;
  if (first === undefined) return { name, verdict: 'unread', found };
  return expected.includes(found)
    ? { name, verdict: 'passed', found }
    : { name, verdict: 'failed', expected: first, found };
};

/** Compares the keys with what the table had; more than one shape is expected where it was changed around the second that was restored. */
export const schemaCheck = (expected: readonly Keyed[], found: Keyed): DrillCheck =>
  oneOf('schema', expected.map(keysText), keysText(found));

/** Compares the indexes and their keys in the same way. */
export const indexCheck = (expected: readonly Indexed[], found: Indexed): DrillCheck =>
  oneOf('indexes', expected.map(indexesText), indexesText(found));

/** Compares names of indexes alone, which is what AWS says of a backup's. */
export const indexNamesCheck = (expected: Indexed, found: readonly string[]): DrillCheck =>
  oneOf(
    'indexes',
    [
      [...expected.globalIndexes, ...expected.localIndexes]
        .map(({ name }) => name)
        .toSorted()
        .join(', ') || 'none',
    ],
    found.toSorted().join(', ') || 'none',
  );

/** A table is written while it is drilled, and AWS counts every six hours: only much is too much. */
const TOLERANCE = 0.5;
/** Few items more or less are no share. */
const FEW_ITEMS = 1_000;
const FEW_BYTES = 10_000_000;

const isNear = (one: number, other: number, few: number): boolean =>
  Math.abs(one - other) <= Math.max(few, TOLERANCE * Math.max(one, other));

/** Compares the size of a backup with that of its table, roughly. */
export const sizeCheck = (expected: number | undefined, found: number | undefined): DrillCheck => {
  if (expected === undefined || found === undefined) return { name: 'size', verdict: 'unread' };
  return isNear(expected, found, FEW_BYTES)
    ? { name: 'size', verdict: 'passed', found: `${found} B` }
    : { name: 'size', verdict: 'failed', expected: `about ${expected} B`, found: `${found} B` };
};

/** Compares the number of items with that of the source, roughly. AWS may not have counted a new table yet: zero is no count. */
export const countCheck = ({ itemCount: expected }: Pick<Drill, 'itemCount'>, found: number): DrillCheck => {
  if (expected === undefined || found === 0) return { name: 'item-count', verdict: 'unread' };
  const text = counted(found, 'item');
  return isNear(expected, found, FEW_ITEMS)
    ? { name: 'item-count', verdict: 'passed', found: text }
    : { name: 'item-count', verdict: 'failed', expected: `about ${counted(expected, 'item')}`, found: text };
};

/** An empty table has no bytes, so that a source with some had an item at least, whatever AWS counted. */
const leastItems = ({ itemCount = 0, sizeBytes = 0 }: Pick<Drill, 'itemCount' | 'sizeBytes'>): number =>
  Math.max(itemCount, sizeBytes > 0 ? 1 : 0);

/** Says whether a sample could be read. A table that had items, or bytes, and has none was not restored. */
export const itemsCheck = (
  drill: Pick<Drill, 'itemCount' | 'sample' | 'sizeBytes'>,
  { read, failures }: Pick<ItemCheck, 'read' | 'failures'>,
): DrillCheck => {
  const { itemCount = 0, sample, sizeBytes = 0 } = drill;
  const [failure] = failures;
  if (failure !== undefined) return { name: 'items', verdict: 'unread', failure };
  const found = counted(read, 'item');
  const least = leastItems(drill);
  if (read >= Math.min(sample, itemCount > FEW_ITEMS ? sample : Math.min(1, least)))
    return { name: 'items', verdict: 'passed', found };
  const expected =
    itemCount > 0 ? counted(Math.min(sample, itemCount), 'item') : `items of ${bytesText(sizeBytes)}`;
  return { name: 'items', verdict: 'failed', expected, found, ...(read === 0 && { isNothing: true }) };
};

/** Compares the number of items that an export has with that of the table, roughly. */
export const exportedCountCheck = ({ itemCount }: Pick<Drill, 'itemCount'>, found: number): DrillCheck =>
  found === 0 && itemCount !== undefined && !isNear(itemCount, 0, FEW_ITEMS)
    ? {
        name: 'item-count',
        verdict: 'failed',
        expected: `about ${counted(itemCount, 'item')}`,
        found: '0 items',
      }
    : countCheck({ ...(itemCount !== undefined && { itemCount }) }, found);

/** Says whether every exported item of a sample has the key that the table is known to have had. */
export const itemKeysCheck = (expected: readonly Keyed[], items: readonly Item[]): DrillCheck => {
  const [first] = expected;
  if (first === undefined) return { name: 'schema', verdict: 'unread' };
  const fits = ({ keys }: Keyed): boolean =>
    items.every((item) => keys.every(({ name }) => item[name] !== undefined));
  const fitting = expected.find(fits);
  return fitting === undefined
    ? { name: 'schema', verdict: 'failed', expected: keysText(first), found: 'an item without it' }
    : { name: 'schema', verdict: 'passed', found: keysText(fitting) };
};

/**
 * AWS counts the items of a table about every six hours.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-29)
 */
export const COUNTED_MS = 7 * HOUR_MS;

const OF_ITEMS: readonly DrillCheck['name'][] = ['items', 'item-count'];

const momentOf = ({ source }: Drill): Instant =>
  source.kind === 'point-in-time' ? source.second : source.createdAt;

/**
 * Says whether nothing is wrong but that no item was read, while the table may have been emptied before what was restored and AWS has not counted since.
 * SAFETY: not where what was restored is older than the last count: then it had items.
 */
export const mayBeEmptied = (drill: Drill, checks: readonly DrillCheck[]): boolean =>
  momentOf(drill) >= drill.plannedAt - COUNTED_MS &&
  checks.some(({ isNothing }) => isNothing === true) &&
  checks.every(({ name, verdict }) => verdict !== 'failed' || OF_ITEMS.includes(name));

/** A drill of a table that is empty by now proves nothing: neither that its restore works nor that it fails. */
export const emptied = (drill: Drill, checks: readonly DrillCheck[], now: Instant): Drill => ({
  ...drill,
  checks: checks.map((check) => (check.verdict === 'failed' ? { ...check, verdict: 'unread' } : check)),
  checkedAt: now,
  result: 'failed',
  failure: ownFailure('source-emptied', 'the table has no items any more, and had none in what was restored'),
});

/** What cannot be seen now may be seen by the next run; without it a drill proves nothing. */
export const isUndecided = (checks: readonly DrillCheck[]): boolean =>
  checks.some(({ name, verdict }) => verdict === 'unread' && (name === 'items' || name === 'schema'));

/** Says what checks come to. */
export const resultOf = (checks: readonly DrillCheck[]): NonNullable<Drill['result']> =>
  isUndecided(checks) || checks.some(({ verdict }) => verdict === 'failed') ? 'failed' : 'proved';
