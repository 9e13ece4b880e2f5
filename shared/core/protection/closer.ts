import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { governedTables } from '../scene/governed.ts';
import { type OwnedRecoveryPoints, ownedCopies, ownedRecoveryPoints } from '../scene/own-points.ts';
import { seenOrRemembered } from '../scene/remembered-points.ts';
import { emptiedTables, newlyDeleted } from './deletions.ts';
import { isEndedByRule } from './gone-memory.ts';
import { isUnaware } from './known-deletion.ts';
import { lossesOf } from './losses.ts';
import { newlyReplaced } from './replacements.ts';

/** What decides where an audit looks closer. */
export interface CloserInput {
  readonly policies: Policies;
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

/** Where an audit looks closer, because something that was protected no longer is. */
export interface Closer {
  /** Tables that exist and that no policy governs any more, sorted. */
  readonly formerTables: readonly string[];
  /**
   * Tables that were deleted or recreated without a report of it, or of their last recovery points
   * being gone: DynamoDB's SYSTEM backups show until when they can be restored.
   */
  readonly deletedTables: readonly string[];
}

/**
 * Names the tables whose deletion was reported, but not that nothing of this deployment is left. Where `afterDeletion`
 * ends what is left, that is no loss.
 */
export const unawareOf = ({
  memory,
  openFindings,
  now,
}: Pick<CloserInput, 'memory' | 'openFindings' | 'now'>): readonly string[] =>
  openFindings
    .filter((open) => isUnaware(open, now))
    .flatMap(({ table }) => table ?? [])
    .filter((table) => !isEndedByRule(memory, table));

/** For governed tables, the recovery points of former tables with their names. */
const ownOfOthers = (
  { observation, instance }: CloserInput,
  governed: readonly GovernedTable[],
): readonly OwnedRecoveryPoints[] => {
  const ids = new Map(governed.map(({ table }) => [table.name, table.details?.tableId]));
  const points = observation.recoveryPoints.filter(({ tableName, tableId }) => {
    const now = ids.get(tableName);
    return now !== undefined && now !== tableId;
  });
  return [...ownedRecoveryPoints({ ...observation, recoveryPoints: points }, instance).values()];
};

/**
 * Decides where an audit has to look closer. Nowhere, and at no cost, while every table that was
 * governed still is.
 */
export const closerLook = (input: CloserInput): Closer => {
  const governed = governedTables(input.policies, input.observation.tables);
  const governs = new Set(
    governed.filter(({ policies }) => policies.length > 0).map(({ table }) => table.name),
  );
  const recoveryPoints = input.observation.recoveryPoints.filter(({ tableName }) => !governs.has(tableName));
  const own = ownedRecoveryPoints({ ...input.observation, recoveryPoints }, input.instance);
  const copies = ownedCopies(input.observation, input.instance);
  const seen = seenOrRemembered({ own: own.values(), copies: copies.values() }, input);
  const known = { ...input, governed, ...seen };
  const unaware = unawareOf(input);
  const lost = lossesOf(known).filter(({ kind, table }) => kind === 'lost' && !governs.has(table));
  return {
    formerTables: [...new Set(lost.map(({ table }) => table))],
    deletedTables: [
      ...newlyDeleted(known),
      ...emptiedTables(known, unaware),
      ...newlyReplaced({ ...known, own: [...ownOfOthers(input, governed), ...seen.own] }),
    ].map(({ name }) => name),
  };
};
