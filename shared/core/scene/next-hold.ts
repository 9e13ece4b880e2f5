import { findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { HoldMemory, OpenFinding, Protection } from '../../model/memory.ts';
import type { GovernedTable } from './governed.ts';
import { holdOf, isHoldDenied } from './hold.ts';

/** So long after people were told that a hold is gone, what it kept stays all the same: a template took it, perhaps. */
export const LIFTED_MS = DAY_MS;

/** What it takes to say how a hold stands. */
export interface HoldInput {
  readonly before: Protection | undefined;
  readonly one: GovernedTable | undefined;
  readonly openFindings: ReadonlyMap<string, OpenFinding>;
  readonly now: Instant;
}

/** Reminders move `notifiedAt`, so what is remembered counts first; what was told of an earlier hold counts not at all. */
const toldAtOf = (
  { toldAt }: HoldMemory,
  liftedAt: Instant,
  { one, openFindings, now }: HoldInput,
): Instant | undefined => {
  if (toldAt !== undefined) return Math.min(toldAt, now);
  const notifiedAt = openFindings.get(findingId('hold-lifted', one?.table.name))?.notifiedAt;
  return notifiedAt !== undefined && notifiedAt >= liftedAt ? Math.min(notifiedAt, now) : undefined;
};

/** A table that was made again has none of what the hold kept. */
const isMadeAgain = ({ before, one }: HoldInput): boolean => {
  const tableId = one?.table.details?.tableId;
  return tableId !== undefined && before?.tableId !== undefined && tableId !== before.tableId;
};

/**
 * Returns what to remember of a table's hold: that its tag says so, or since when it does not. Undefined where nothing was held, where somebody said
 * `false`, and a day after people were told that it is gone. What no policy governs is remembered as it was.
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
