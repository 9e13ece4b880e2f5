import { findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { HoldMemory, OpenFinding, Protection } from '../../model/memory.ts';
import { HOLD_TAG, type TaggedTable } from '../../model/table.ts';
import { looksLike } from '../policy/tag-key.ts';
import type { GovernedTable } from './governed.ts';

/**
 * SAFETY: an unclear tag stops expiry as well, and is reported. What a table's tags say about its expiry: `none`, nothing stops it · `held`, it is
 * stopped · `unclear`, a tag was probably meant to stop it and does not say so.
 */
export type Hold =
  | { readonly kind: 'none' }
  | { readonly kind: 'held' }
  | { readonly kind: 'unclear'; readonly key: string; readonly value: string };

type Tag = readonly [key: string, value: string];

const isClear = ([key]: Tag): boolean => key === HOLD_TAG;

// Words that stand beside `hold` where a hold on data is meant: legal-hold, on-hold, hold:backup.
const BESIDE_HOLD = new Set(['backup', 'backups', 'legal', 'litigation', 'on', 'retention', 'until']);
const HOLD_WORDS = new Set(['hold', 'holds']);

const wordsOf = (key: string): readonly string[] =>
  key
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const isHoldInWords = (key: string): boolean => {
  if (!/hold/i.test(key)) return false;
  const words = wordsOf(key);
  return (
    words.some((word) => HOLD_WORDS.has(word)) &&
    words.every((word) => HOLD_WORDS.has(word) || BESIDE_HOLD.has(word))
  );
};

const looksLikeHold = looksLike(HOLD_TAG);

const isMeant = (key: string): boolean => key === HOLD_TAG || looksLikeHold(key) || isHoldInWords(key);

const YES: readonly string[] = ['true'];
const NO: readonly string[] = ['false', 'no'];

const says = ([, value]: Tag, words: readonly string[]): boolean =>
  words.includes(value.trim().toLowerCase());

/**
 * SAFETY: any value of the tag other than a yes or a no is unclear, including the empty one, and so
 * is every value except a no under a key that only looks like it (`Backup:Hold`, `backup:hodl`,
 * `legal-hold`). Determines whether a table's tags stop expiry. `true` does, `false` and `no` do not, in
 * any case and with spaces around.
 */
export const holdOf = ({ tags }: Pick<TaggedTable, 'tags'>): Hold => {
  const meant = Object.entries(tags).filter(([key]) => isMeant(key));
  if (meant.some((tag) => isClear(tag) && says(tag, YES))) return { kind: 'held' };
  const unclear = meant.find((tag) => !says(tag, NO));
  return unclear === undefined ? { kind: 'none' } : { kind: 'unclear', key: unclear[0], value: unclear[1] };
};

/** Whether a table's tags say explicitly that nothing stops its expiry, as opposed to saying nothing about it. */
export const isHoldDenied = (table: Pick<TaggedTable, 'tags'>): boolean =>
  holdOf(table).kind === 'none' && Object.keys(table.tags).some(isMeant);

/**
 * How long what a hold kept stays after its removal was reported, because a template may have
 * removed it.
 */
export const LIFTED_MS = DAY_MS;

/** What the status of a hold is determined from. */
export interface HoldInput {
  readonly before: Protection | undefined;
  readonly one: GovernedTable | undefined;
  readonly openFindings: ReadonlyMap<string, OpenFinding>;
  readonly now: Instant;
}

/**
 * Reminders move `notifiedAt`, so the remembered moment takes precedence; a report of an earlier
 * hold never counts.
 */
const toldAtOf = (
  { toldAt }: HoldMemory,
  liftedAt: Instant,
  { one, openFindings, now }: HoldInput,
): Instant | undefined => {
  if (toldAt !== undefined) return Math.min(toldAt, now);
  const notifiedAt = openFindings.get(findingId('hold-lifted', one?.table.name))?.notifiedAt;
  return notifiedAt !== undefined && notifiedAt >= liftedAt ? Math.min(notifiedAt, now) : undefined;
};

/** A recreated table has none of what the hold kept. */
const isMadeAgain = ({ before, one }: HoldInput): boolean => {
  const tableId = one?.table.details?.tableId;
  return tableId !== undefined && before?.tableId !== undefined && tableId !== before.tableId;
};

/**
 * Returns what to remember of a table's hold: that its tag says so, or since when it does not.
 * Undefined if nothing was held, if someone wrote `false`, and a day after its removal was
 * reported. What no policy governs is remembered as it was.
 */
export const nextHold = (input: HoldInput): HoldMemory | undefined => {
  const { before, now, one } = input;
  const hold = before?.hold;
  if (one === undefined || one.policies.length === 0) return hold;
  if (holdOf(one.table).kind !== 'none') return {};
  if (hold === undefined || isHoldDenied(one.table) || isMadeAgain(input)) return undefined;
  const liftedAt = Math.min(hold.liftedAt ?? now, now);
  const toldAt = toldAtOf(hold, liftedAt, input);
  if (toldAt === undefined) return { liftedAt };
  return now - toldAt >= LIFTED_MS ? undefined : { liftedAt, toldAt };
};
