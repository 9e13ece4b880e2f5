import type { Finding, FindingKind } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap, Observation } from '../../model/observation.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { TableStatus, TaggedTable } from '../../model/table.ts';
import { governedTables, isActedOn } from '../scene/governed.ts';
import { IN_PASSING } from '../scene/pitr.ts';
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

/** A run's sight, gone through once. */
interface Scene extends Pick<Sight, 'mode' | 'observation' | 'policies'> {
  readonly gaps: ReadonlyMap<string | undefined, readonly Gap[]>;
  readonly tables: ReadonlyMap<string, TaggedTable>;
  readonly foundKinds: ReadonlySet<FindingKind>;
  /** One of two clocks is wrong, and so nothing is deleted. A name from the future alone keeps nothing but itself. */
  readonly isClockDoubted: boolean;
  /** By the id of the finding that their failure would be. */
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

/** A finding of one table is hidden by a gap in that table; one of many tables by a gap in any. */
const gapsOver = ({ table }: OpenFinding, { gaps, observation }: Scene): readonly Gap[] =>
  table === undefined ? observation.gaps : [...(gaps.get(undefined) ?? []), ...(gaps.get(table) ?? [])];

const isHidden = (open: OpenFinding, facets: readonly Facet[], scene: Scene): boolean =>
  gapsOver(open, scene).some(({ facet }) => facets.includes(facet) || facet === 'details');

/** A backup or a prune that described the one table that a finding is about has seen as much of it as an audit. */
const isDescribed = ({ table }: OpenFinding, { tables }: Scene): boolean =>
  table !== undefined && tables.get(table)?.details !== undefined;

const isSeen = (open: OpenFinding, facets: readonly Facet[], scene: Scene): boolean =>
  facets.every(
    (facet) => scene.observation.facets.includes(facet) || (facet === 'details' && isDescribed(open, scene)),
  ) && !isHidden(open, facets, scene);

/** Where the tag went from most tables at once, a table without it is a symptom and not a cure. */
const hiddenByCoverageDrop = ({ table }: OpenFinding, { tables, foundKinds }: Scene): boolean =>
  table !== undefined && !tables.has(table) && foundKinds.has('coverage-dropped');

/**
 * Of very many tables some are always left to the next run. That they cannot be read is over when none of those whose turn came, at least
 * half of them, could not.
 */
const isReadAgain = (facet: Facet, { observation: { gaps, tables } }: Scene): boolean => {
  const left = gaps.filter((gap) => gap.deferred === true && gap.facet === facet).length;
  const tried = tables.filter(({ pitr }) => pitr !== undefined).length;
  const isRead = !gaps.some((gap) => gap.deferred === undefined && [facet, 'details'].includes(gap.facet));
  return isRead && left <= tried;
};

/** What could not be read is over when the very same was read now, or when there is nothing left to read. */
const isGapJudged = (open: OpenFinding, scene: Scene): boolean => {
  const { facet } = open;
  const isLookedAt = facet !== undefined && scene.observation.facets.includes(facet);
  if (isLookedAt && open.table === undefined) return isReadAgain(facet, scene);
  if (isLookedAt) return !isHidden(open, [facet], scene);
  const table = open.table === undefined ? undefined : scene.tables.get(open.table);
  if (table === undefined) return open.table !== undefined && isSeen(open, ['tags'], scene);
  return facet === 'details' && table.details !== undefined;
};

/** Its policies ask for nothing that it has not. Of a table on its way in or out nobody can tell. */
const noLongerNeeded = (
  table: TaggedTable,
  status: TableStatus,
  { isNeeded }: AttemptedKind,
  scene: Scene,
): boolean =>
  isNeeded !== undefined &&
  !IN_PASSING.includes(status) &&
  !governedTables(scene.policies, [table]).some(isNeeded);

/** A table in a state in which nothing can be done to it was not tried, whatever its policy asks for. */
const notAttempted = (open: OpenFinding, attempted: AttemptedKind, scene: Scene): boolean => {
  const table = open.table === undefined ? undefined : scene.tables.get(open.table);
  const status = table?.details?.status;
  if (table === undefined || status === undefined || isActedOn(status)) return false;
  return !noLongerNeeded(table, status, attempted, scene);
};

/** Nothing was deleted because nothing might be; whether it could be is not known then. */
const isExpiryHeldBack = ({ foundKinds, isClockDoubted }: Scene): boolean =>
  foundKinds.has('guardrail-refusal') || isClockDoubted;

const isOutcomeJudged = (open: OpenFinding, attempted: AttemptedKind, scene: Scene): boolean => {
  if (attempted.attemptedIn !== scene.mode) return false;
  const tried = scene.outcomes.get(open.id) ?? [];
  if (tried.length > 0) return tried.every(({ status }) => status === 'done');
  if (attempted.kind === 'expiries-failing' && isExpiryHeldBack(scene)) return false;
  return isSeen(open, attempted.facets, scene) && !notAttempted(open, attempted, scene);
};

const isResolvable = (open: OpenFinding, scene: Scene): boolean => {
  if (hiddenByCoverageDrop(open, scene)) return false;
  if (open.kind === 'observation-gap') return isGapJudged(open, scene);
  if (open.kind === 'guardrail-refusal' && scene.isClockDoubted) return false;
  const attempted = ATTEMPTED_KINDS.find(({ kind }) => kind === open.kind);
  if (attempted !== undefined) return isOutcomeJudged(open, attempted, scene);
  const kind = CATALOGUE.get(open.kind);
  return kind !== undefined && isSeen(open, kind.facets, scene);
};

/**
 * Given the open findings and what a run saw, returns the ids of those that the run would have found again if they were still so: only
 * these are over when they were not. At the edge a finding of outcomes is judged by the mode that attempts them alone, and not when its
 * action was deferred; one whose table is not governed any more by what it speaks of was not looked at; one whose facets were not all observed, or whose table lies in a gap, stays as it is.
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

/** What became of open findings of which nothing was looked at: ids of those that end without a word, and of those that stay as they are. */
export interface Unjudged {
  readonly withdrawn: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
}

/**
 * Returns the open findings that a run did not look at because their table left its policy. One behind a gap in its table is neither withdrawn nor held:
 * nobody saw why it is missing.
 */
export const unjudged = (openFindings: readonly OpenFinding[], sight: Sight): Unjudged => {
  const scene = sceneOf(sight);
  const footingOf = footingsIn({ ...sight, openFindings });
  const seen = openFindings.filter((open) => !gapsOver(open, scene).some(({ facet }) => facet === 'details'));
  const idsOf = (wanted: Footing): ReadonlySet<string> =>
    new Set(seen.filter((open) => footingOf(open) === wanted).map(({ id }) => id));
  return { withdrawn: idsOf('withdrawn'), held: idsOf('held') };
};
