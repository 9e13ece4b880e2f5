import { type Finding, findingId } from '../../model/finding.ts';
import type { PastPromise, Protection } from '../../model/memory.ts';
import type { GovernedTable } from '../scene/governed.ts';

/** A promise of point-in-time recovery that a policy made a table once, while it governs it still and none of the table's policies promises any. */
export interface DroppedPitr {
  readonly table: string;
  readonly policy: string;
  /** What was promised. */
  readonly days: number;
}

/** Names the finding about a policy; no table is called so. */
export const droppedPitrId = (policy: string): Finding['id'] =>
  findingId('protection-changed', policy, 'pitr');

const wasDropped = (
  { name, pitrDays }: PastPromise,
  { policies }: Pick<GovernedTable, 'policies'>,
): boolean =>
  pitrDays !== undefined &&
  policies.some((policy) => policy.name === name) &&
  policies.every(({ pitr }) => pitr === undefined);

/** Returns what is remembered as promised to a table and is so no longer; empty for one that nobody remembers. */
export const droppedPitrOf = (one: GovernedTable, before: Protection | undefined): readonly DroppedPitr[] =>
  (before?.promises ?? []).flatMap((promise) =>
    promise.pitrDays !== undefined && wasDropped(promise, one)
      ? [{ table: one.table.name, policy: promise.name, days: promise.pitrDays }]
      : [],
  );
