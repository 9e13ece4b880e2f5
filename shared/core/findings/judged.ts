import type { Finding, FindingKind } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap, Observation } from '../../model/observation.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { TableStatus, TaggedTable } from '../../model/table.ts';
import { governedTables, isActedOn } from '../scene/governed.ts';
import { IN_PASSING } from '../scene/pitr.ts';
import { isInSight } from '../scene/scope.ts';
import { ATTEMPTED_KINDS, CATALOGUE } from './catalogue.ts';
import { footingsIn } from './footing.ts';
import type { Footing } from './footing-scene.ts';
import { NAMES_FROM_THE_FUTURE } from './from-the-future.ts';
import type { AttemptedKind } from './kind.ts';

/** What one run saw, found and did. */
export interface Sight {
  readonly mode: Mode;
  readonly observation: Observation;
  /** All findings of the run: those of the plan and those of the outcomes. */
  readonly found: readonly Finding[];
  readonly outcomes: readonly Outcome[];
  readonly policies: Policies;
}

/** What a run saw, indexed once. */
interface Scene extends Pick<Sight, 'mode' | 'observation' | 'policies'> {
  readonly gaps: ReadonlyMap<string | undefined, readonly Gap[]>;
  readonly tables: ReadonlyMap<string, TaggedTable>;
  readonly foundKinds: ReadonlySet<FindingKind>;
  /** Whether one of two clocks is wrong, so that nothing is deleted. A name from the future alone keeps only itself. */
  readonly isClockDoubted: boolean;
  /** Outcomes by the id of the finding that their failure would be. */
  readonly outcomes: ReadonlyMap<string | undefined, readonly Outcome[]>;
}

const idOf = ({ action }: Outcome): string | undefined =>
  ATTEMPTED_KINDS.map((kind) => kind.idOf(action)).find((id) => id !== undefined);

const sceneOf = ({ mode, observation, found, outcomes, policies }: Sight): Scene => ({
  mode,
  observation,
  policies,
  gaps: Map.groupBy(observation.gaps, ({ table }) => table),
  tables: new Map(observation.tables.map((table) => [table.name, table])),
  foundKinds: new Set(found.map(({ kind }) => kind)),
  isClockDoubted: found.some(({ id, kind }) => kind === 'from-the-future' && id !== NAMES_FROM_THE_FUTURE),
  outcomes: Map.groupBy(outcomes, idOf),
});

/**
 * Returns the gaps that may hide a finding: for one table, those of that table and of whole lists; for several, all.
 */
const gapsOver = ({ table }: OpenFinding, { gaps, observation }: Scene): readonly Gap[] =>
  table === undefined ? observation.gaps : [...(gaps.get(undefined) ?? []), ...(gaps.get(table) ?? [])];

const isHidden = (open: OpenFinding, facets: readonly Facet[], scene: Scene): boolean =>
  gapsOver(open, scene).some(({ facet }) => facets.includes(facet) || facet === 'details');

/** Checks whether the table of a finding was described: then a backup or a prune has seen as much of it as an audit. */
const isDescribed = ({ table }: OpenFinding, { tables }: Scene): boolean =>
  table !== undefined && tables.get(table)?.details !== undefined;

const isSeen = (open: OpenFinding, facets: readonly Facet[], scene: Scene): boolean =>
  facets.every(
    (facet) => scene.observation.facets.includes(facet) || (facet === 'details' && isDescribed(open, scene)),
  ) && !isHidden(open, facets, scene);

/** Checks whether the table is missing because most tables lost the tag at once, which resolves nothing. */
const hiddenByCoverageDrop = ({ table }: OpenFinding, { tables, foundKinds }: Scene): boolean =>
  table !== undefined && !tables.has(table) && foundKinds.has('coverage-dropped');

/**
 * Checks whether a facet of many tables can be read again: some of very many are always left to the next run, so at
 * least half must have been tried and none of these may have failed.
 */
const isReadAgain = (facet: Facet, { observation: { gaps, tables } }: Scene): boolean => {
  const left = gaps.filter((gap) => gap.deferred === true && gap.facet === facet).length;
  const tried = tables.filter(({ pitr }) => pitr !== undefined).length;
  const isRead = !gaps.some((gap) => gap.deferred === undefined && [facet, 'details'].includes(gap.facet));
  return isRead && left <= tried;
};

/** Checks whether the run can judge a gap: exactly that facet was read now, or there is nothing left to read. */
const isGapJudged = (open: OpenFinding, scene: Scene): boolean => {
  const { facet } = open;
  const isLookedAt = facet !== undefined && scene.observation.facets.includes(facet);
  if (isLookedAt && open.table === undefined) return isReadAgain(facet, scene);
  if (isLookedAt) return !isHidden(open, [facet], scene);
  const table = open.table === undefined ? undefined : scene.tables.get(open.table);
  if (table === undefined) return open.table !== undefined && isSeen(open, ['tags'], scene);
  return facet === 'details' && table.details !== undefined;
};

/**
 * Checks whether a table has everything that its policies require. Undecided for a table that is being created or
 * deleted.
 */
const noLongerNeeded = (
  table: TaggedTable,
  status: TableStatus,
  { isNeeded }: AttemptedKind,
  scene: Scene,
): boolean =>
  isNeeded !== undefined &&
  !IN_PASSING.includes(status) &&
  !governedTables(scene.policies, [table]).some(isNeeded);

/** Checks whether an action was not tried because the table's state allows none although its policy may require it. */
const notAttempted = (open: OpenFinding, attempted: AttemptedKind, scene: Scene): boolean => {
  const table = open.table === undefined ? undefined : scene.tables.get(open.table);
  const status = table?.details?.status;
  if (table === undefined || status === undefined || isActedOn(status)) return false;
  return !noLongerNeeded(table, status, attempted, scene);
};

/** Checks whether expiry was held back, so that it is unknown whether deleting would work. */
const isExpiryHeldBack = ({ foundKinds, isClockDoubted }: Scene): boolean =>
  foundKinds.has('guardrail-refusal') || isClockDoubted;

/** SAFETY: checks whether the table of a finding is gone, which only whole lists of names and of tags show. */
const isGone = (open: OpenFinding, scene: Scene): boolean => {
  const { table } = open;
  if (table === undefined || scene.tables.has(table)) return false;
  return (
    isSeen(open, ['tags', 'table-names'], scene) && scene.observation.tableNames?.includes(table) === false
  );
};

const isOutcomeJudged = (open: OpenFinding, attempted: AttemptedKind, scene: Scene): boolean => {
  if (attempted.attemptedIn !== scene.mode) return isGone(open, scene);
  const tried = scene.outcomes.get(open.id) ?? [];
  if (tried.length > 0) return tried.every(({ status }) => status === 'done');
  if (attempted.kind === 'expiries-failing' && isExpiryHeldBack(scene)) return false;
  return isSeen(open, attempted.facets, scene) && !notAttempted(open, attempted, scene);
};

const isResolvable = (open: OpenFinding, scene: Scene): boolean => {
  if (!isInSight(open, scene.observation) || hiddenByCoverageDrop(open, scene)) return false;
  if (open.kind === 'observation-gap') return isGapJudged(open, scene);
  if (open.kind === 'guardrail-refusal' && scene.isClockDoubted) return false;
  const attempted = ATTEMPTED_KINDS.find(({ kind }) => kind === open.kind);
  if (attempted !== undefined) return isOutcomeJudged(open, attempted, scene);
  const kind = CATALOGUE.get(open.kind);
  return kind !== undefined && isSeen(open, kind.facets, scene);
};

/**
 * Returns the ids of the findings that the run would have found again if they were still true: only these are resolved
 * if they were not found. A finding about outcomes is judged only by the mode that attempts them, unless its table is
 * gone, and not when its action was deferred. One whose table is no longer governed by the policy that it is about was
 * not looked at. One whose facets were not all observed, or whose table is in a gap, stays as it is.
 */
export const judged = (openFindings: readonly OpenFinding[], sight: Sight): ReadonlySet<string> => {
  const scene = sceneOf(sight);
  const footingOf = footingsIn({ ...sight, openFindings });
  return new Set(
    openFindings
      .filter((open) => footingOf(open) === 'looked-at' && isResolvable(open, scene))
      .map(({ id }) => id),
  );
};

/**
 * What becomes of open findings that were not looked at: ids of those that end silently, and of those that stay as they
 * are.
 */
export interface Unjudged {
  readonly withdrawn: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
}

/**
 * Returns the open findings that a run did not look at because their table left its policy. One behind a gap in its
 * table is neither withdrawn nor held, because nobody saw why it is missing.
 */
export const unjudged = (openFindings: readonly OpenFinding[], sight: Sight): Unjudged => {
  const scene = sceneOf(sight);
  const footingOf = footingsIn({ ...sight, openFindings });
  const seen = openFindings.filter(
    (open) =>
      isInSight(open, sight.observation) && !gapsOver(open, scene).some(({ facet }) => facet === 'details'),
  );
  const idsOf = (wanted: Footing): ReadonlySet<string> =>
    new Set(seen.filter((open) => footingOf(open) === wanted).map(({ id }) => id));
  return { withdrawn: idsOf('withdrawn'), held: idsOf('held') };
};
