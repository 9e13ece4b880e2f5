import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { isCopy, type RecoveryPoint } from '../../model/recovery-point.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { governedTables } from '../scene/governed.ts';
import { type OwnedRecoveryPoints, type OwnSeries, ownPointsIn } from '../scene/own-points.ts';
import { seenOrRemembered } from '../scene/remembered-points.ts';
import { newlyDeleted } from './deletions.ts';
import { emptiedTables } from './emptied.ts';
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
  /** Tables that exist and that no policy governs any more, or that have the name of a deleted one, sorted. */
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

/**
 * Leaves out what is of a governed table as it is now, which is nearly everything: that it is there shows that nothing is lost. Copies stay, because
 * they may be all that is left.
 */
const concerned = (
  { observation }: CloserInput,
  governed: readonly GovernedTable[],
  governs: ReadonlySet<string>,
): Pick<Observation, 'recoveryPoints' | 'target'> => {
  const { recoveryPoints, target } = observation;
  const ids = new Map(governed.map(({ table }) => [table.name, table.details?.tableId]));
  const isOfNow = ({ tableName, tableId }: RecoveryPoint): boolean =>
    governs.has(tableName) && (ids.get(tableName) ?? tableId) === tableId;
  return {
    target,
    recoveryPoints: recoveryPoints.filter((point) => !isOfNow(point) || isCopy(point, target)),
  };
};

/** For tables of which DescribeTable said which they are, the recovery points of former tables with their names. */
const ownOfOthers = (
  own: readonly OwnSeries[],
  governed: readonly GovernedTable[],
): readonly OwnedRecoveryPoints[] => {
  const ids = new Map(governed.map(({ table }) => [table.name, table.details?.tableId]));
  return own.flatMap((series) => {
    const id = ids.get(series.table);
    if (id === undefined) return [];
    const points = series.points.filter(({ recoveryPoint }) => recoveryPoint.tableId !== id);
    return points.length === 0 ? [] : [{ ...series, points }];
  });
};

/** Names tables that no policy governs and of which recovery points of a deleted one are reported: which table has the name now says whether they still are. */
const madeAgain = (
  { observation: { tableNames = [] }, openFindings }: CloserInput,
  governs: ReadonlySet<string>,
): readonly string[] => {
  const there = new Set(tableNames);
  return openFindings
    .filter(({ kind }) => kind === 'recovery-points-of-lost-table')
    .flatMap(({ table }) => table ?? [])
    .filter((table) => there.has(table) && !governs.has(table))
    .toSorted();
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
  const points = ownPointsIn(concerned(input, governed, governs), input.instance);
  const own = [...points.own.values()];
  const ungoverned = own.filter(({ table }) => !governs.has(table));
  const seen = seenOrRemembered({ own: ungoverned, copies: points.copies.values() }, input);
  const known = { ...input, governed, ...seen };
  const unaware = unawareOf(input);
  const lost = lossesOf(known).filter(({ kind, table }) => kind === 'lost' && !governs.has(table));
  return {
    formerTables: [...new Set([...lost.map(({ table }) => table), ...madeAgain(input, governs)])],
    deletedTables: [
      ...newlyDeleted(known),
      ...emptiedTables(known, unaware),
      ...newlyReplaced({ ...known, own: [...ownOfOthers(own, governed), ...seen.own] }),
    ].map(({ name }) => name),
  };
};
