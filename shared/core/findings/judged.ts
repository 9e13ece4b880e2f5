import type { Finding, FindingKind } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap, Observation } from '../../model/observation.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { TableStatus, TaggedTable } from '../../model/table.ts';
import type { VaultRecord } from '../../model/vault-record.ts';
import { type GovernedTable, isActedOn } from '../scene/governed.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import { IN_PASSING } from '../scene/pitr.ts';
import { isInSight } from '../scene/scope.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Finders } from './find.ts';
import { footingsIn } from './footing.ts';
import type { Footing } from './footing-scene.ts';
import { NAMES_FROM_THE_FUTURE } from './from-the-future.ts';
import type { AttemptedKind } from './kind.ts';
import { ATTEMPTED_KINDS } from './kinds.ts';

/** What one run saw, found and did. */
export interface Sight {
  readonly mode: Mode;
  readonly observation: Observation;
  /** All findings of the run: those of the plan and those of the outcomes. */
  readonly found: readonly Finding[];
  readonly outcomes: readonly Outcome[];
  /** One for every tagged table. */
  readonly governed: readonly GovernedTable[];
  /** What is remembered of vaults. */
  readonly vaultRecords?: readonly VaultRecord[] | undefined;
  /** SAFETY: what the function can find; of other kinds it resolves nothing. Absent in a look that can find everything. */
  readonly finders?: Pick<Finders, 'kinds'> | undefined;
}

/** What a run saw, indexed once. */
interface Seen extends Pick<Sight, 'mode' | 'observation'> {
  readonly governed: ReadonlyMap<string, GovernedTable>;
  /** Tables of which recovery points are remembered to be in vaults. */
  readonly inVaults: ReadonlySet<string>;
  readonly gaps: ReadonlyMap<string | undefined, readonly Gap[]>;
  readonly tables: ReadonlyMap<string, TaggedTable>;
  readonly foundKinds: ReadonlySet<FindingKind>;
  /** Absent where every kind can be found. */
  readonly findable?: ReadonlySet<FindingKind> | undefined;
  /** Whether one of two clocks is wrong, so that nothing is deleted. A name from the future alone keeps only itself. */
  readonly isClockDoubted: boolean;
  /** Outcomes by the id of the finding that their failure would be. */
  readonly outcomes: ReadonlyMap<string | undefined, readonly Outcome[]>;
}

const idOf = ({ action }: Outcome): string | undefined =>
  ATTEMPTED_KINDS.map((kind) => kind.idOf(action)).find((id) => id !== undefined);

const indexed = ({
  mode,
  observation,
  found,
  governed,
  outcomes,
  vaultRecords = [],
  finders,
}: Sight): Seen => ({
  mode,
  observation,
  governed: new Map(governed.map((one) => [one.table.name, one])),
  inVaults: new Set(vaultRecords.map(({ recordedTable }) => recordedTable)),
  gaps: Map.groupBy(observation.gaps, ({ table }) => table),
  tables: new Map(observation.tables.map((table) => [table.name, table])),
  foundKinds: new Set(found.map(({ kind }) => kind)),
  findable: finders && new Set(finders.kinds.map(({ kind }) => kind)),
  isClockDoubted: found.some(({ id, kind }) => kind === 'from-the-future' && id !== NAMES_FROM_THE_FUTURE),
  outcomes: Map.groupBy(outcomes, idOf),
});

/**
 * Returns the gaps that may hide a finding: for one table, those of that table and of whole lists; for several, all.
 */
const gapsOver = ({ table }: OpenFinding, { gaps, observation }: Seen): readonly Gap[] =>
  table === undefined ? observation.gaps : [...(gaps.get(undefined) ?? []), ...(gaps.get(table) ?? [])];

const isHidden = (open: OpenFinding, facets: readonly Facet[], seen: Seen): boolean =>
  gapsOver(open, seen).some(({ facet }) => facets.includes(facet) || facet === 'details');

/** Checks whether the table of a finding was described: then a backup or a prune has seen as much of it as an audit. */
const isDescribed = ({ table }: OpenFinding, { tables }: Seen): boolean =>
  table !== undefined && tables.get(table)?.details !== undefined;

/** Whether a policy of a vault governs any table, or did. */
const usesVaults = ({ governed, inVaults }: Pick<Seen, 'governed' | 'inVaults'>): boolean =>
  inVaults.size > 0 ||
  [...governed.values()].some(({ policies }) => policies.some(({ vault }) => vault !== undefined));

const isSeen = (open: OpenFinding, facets: readonly Facet[], seen: Seen): boolean =>
  facets.every(
    (facet) => seen.observation.facets.includes(facet) || (facet === 'details' && isDescribed(open, seen)),
  ) &&
  !isHidden(open, facets, seen) &&
  !isVaultHidden(open, facets, seen);

/** Kinds whose absence only the recovery points of the policy show. */
const OF_POINTS: readonly Facet[] = ['recovery-points', 'recent-recovery-points', 'vaults'];

/**
 * SAFETY: checks whether a finding is about recovery points of which some are, or were, in vaults, and these could not be read, or this run does not look
 * at them: nothing of it is resolved.
 */
const isVaultHidden = (
  open: OpenFinding,
  facets: readonly Facet[],
  { governed, inVaults, observation }: Seen,
): boolean => {
  const { facets: seen, gaps } = observation;
  const one = open.table === undefined ? undefined : governed.get(open.table);
  const isOfVault =
    one === undefined
      ? usesVaults({ governed, inVaults })
      : inVaults.has(one.table.name) ||
        one.policies.some(
          ({ name, vault }) => vault !== undefined && (open.policy === undefined || name === open.policy),
        );
  if (!isOfVault || !facets.some((facet) => OF_POINTS.includes(facet))) return false;
  return !seen.includes('vaults') || gaps.some(({ facet }) => facet === 'vaults');
};

/** Checks whether the table is missing because most tables lost the tag at once, which resolves nothing. */
const hiddenByCoverageDrop = ({ table }: OpenFinding, { tables, foundKinds }: Seen): boolean =>
  table !== undefined && !tables.has(table) && foundKinds.has('coverage-dropped');

/**
 * Checks whether a facet of many tables can be read again: some of very many are always left to the next run, so at
 * least half must have been tried and none of these may have failed.
 */
const isReadAgain = (facet: Facet, { observation: { gaps, tables } }: Seen): boolean => {
  const left = gaps.filter((gap) => gap.deferred === true && gap.facet === facet).length;
  const tried = tables.filter(({ pitr }) => pitr !== undefined).length;
  const isRead = !gaps.some(
    (gap) => gap.deferred === undefined && !isMissingVault(gap) && [facet, 'details'].includes(gap.facet),
  );
  return isRead && left <= tried;
};

/** Checks whether the run can judge a gap: exactly that facet was read now, or there is nothing left to read. */
const isGapJudged = (open: OpenFinding, seen: Seen): boolean => {
  const { facet } = open;
  const isLookedAt = facet !== undefined && seen.observation.facets.includes(facet);
  if (isLookedAt && open.table === undefined) return isReadAgain(facet, seen);
  if (isLookedAt) return !isHidden(open, [facet], seen);
  const table = open.table === undefined ? undefined : seen.tables.get(open.table);
  if (table === undefined) return open.table !== undefined && isSeen(open, ['tags'], seen);
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
  seen: Seen,
): boolean =>
  isNeeded !== undefined &&
  !IN_PASSING.includes(status) &&
  ![seen.governed.get(table.name)].some((one) => one !== undefined && isNeeded(one));

/** Checks whether an action was not tried because the table's state allows none although its policy may require it. */
const notAttempted = (open: OpenFinding, attempted: AttemptedKind, seen: Seen): boolean => {
  const table = open.table === undefined ? undefined : seen.tables.get(open.table);
  const status = table?.details?.status;
  if (table === undefined || status === undefined || isActedOn(status)) return false;
  return !noLongerNeeded(table, status, attempted, seen);
};

/** Checks whether expiry was held back, so that it is unknown whether deleting would work. */
const isExpiryHeldBack = ({ foundKinds, isClockDoubted }: Seen): boolean =>
  foundKinds.has('guardrail-refusal') || isClockDoubted;

/** SAFETY: checks whether the table of a finding is gone, which only whole lists of names and of tags show. */
const isGone = (open: OpenFinding, seen: Seen): boolean => {
  const { table } = open;
  if (table === undefined || seen.tables.has(table)) return false;
  return (
    isSeen(open, ['tags', 'table-names'], seen) && seen.observation.tableNames?.includes(table) === false
  );
};

const isOutcomeJudged = (open: OpenFinding, attempted: AttemptedKind, seen: Seen): boolean => {
  if (attempted.attemptedIn !== seen.mode) return isGone(open, seen);
  const tried = seen.outcomes.get(open.id) ?? [];
  if (tried.length > 0) return tried.every(({ status }) => status === 'done');
  if (attempted.kind === 'expiries-failing' && isExpiryHeldBack(seen)) return false;
  return isSeen(open, attempted.facets, seen) && !notAttempted(open, attempted, seen);
};

const isResolvable = (open: OpenFinding, seen: Seen): boolean => {
  if (hiddenByCoverageDrop(open, seen)) return false;
  if (open.kind === 'observation-gap') return isGapJudged(open, seen);
  if (open.kind === 'guardrail-refusal' && seen.isClockDoubted) return false;
  const attempted = ATTEMPTED_KINDS.find(({ kind }) => kind === open.kind);
  if (attempted !== undefined) return isOutcomeJudged(open, attempted, seen);
  const kind = CATALOGUE.get(open.kind);
  if (kind === undefined || seen.findable?.has(open.kind) === false) return false;
  return isSeen(open, kind.facets, seen);
};

/** What a run may conclude of open findings that it did not find again, by id. */
export interface Evaluation {
  /** Those that it would have found again if they were still true: they are resolved. */
  readonly resolvable: ReadonlySet<string>;
  /** Those that end silently: what they were about was given up, or another finding covers it. */
  readonly withdrawn: ReadonlySet<string>;
  /** Those whose table left its policy, which is reported: they stay as they are. */
  readonly held: ReadonlySet<string>;
}

/**
 * Evaluates open findings. One about outcomes is resolved only by the mode that attempts them, unless its table is
 * gone, and not when its action was deferred. One whose table is no longer governed by the policy that it is about was
 * not looked at. One whose facets were not all observed, or whose table is in a gap, is in none of the sets and stays as
 * it is; so is one beside the scope of the run.
 */
export const evaluate = (openFindings: readonly OpenFinding[], sight: Sight): Evaluation => {
  const seen = indexed(sight);
  const footingOf = footingsIn({ ...sight, openFindings });
  const inSight = openFindings
    .filter((open) => isInSight(open, sight.observation))
    .map((open) => ({ open, footing: footingOf(open) }));
  const isBehindGap = (open: OpenFinding): boolean =>
    gapsOver(open, seen).some(({ facet }) => facet === 'details');
  const idsOf = (wanted: Footing, isMeant: (open: OpenFinding) => boolean): ReadonlySet<string> =>
    new Set(inSight.flatMap(({ open, footing }) => (footing === wanted && isMeant(open) ? [open.id] : [])));
  return {
    resolvable: idsOf('looked-at', (open) => isResolvable(open, seen)),
    withdrawn: idsOf('withdrawn', (open) => !isBehindGap(open)),
    held: idsOf('held', (open) => !isBehindGap(open)),
  };
};
