import type { Finding } from '../../model/finding.ts';
import type { Facet } from '../../model/observation.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isMutable } from './catalogue.ts';
import type { CheckContext } from './context.ts';
import type { goneOf, preflightOf } from './gather.ts';
import type { Attempt, Finder, KeepSight, Kept } from './kind.ts';
import { ATTEMPTED_KINDS } from './kinds.ts';
import { isThere } from './occasions.ts';

/** What a function can find, and what it gathers for that: it ships nothing that only others need. */
export interface Finders {
  /** SAFETY: all that find something in what the function looks at; of others it resolves nothing. */
  readonly kinds: readonly Finder[];
  /** Of runs that look closer at tables that are gone or were made again. */
  readonly goneOf?: typeof goneOf;
  /** Of runs that ask what policies of vaults need. */
  readonly preflightOf?: typeof preflightOf;
}

/** What tells which kinds can find anything. */
type Sight = Pick<CheckContext, 'concerns' | 'observation'>;

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

const OF_VAULTS: readonly Facet[] = ['vaults', 'vault-settings'];

/** Selects those that can find something in what was looked at, and in what the run is concerned with. */
const askedOf = (
  { kinds }: Pick<Finders, 'kinds'>,
  { concerns, observation: { facets } }: Sight,
): readonly Finder[] => {
  const seen = concerns.vaults ? facets : facets.filter((facet) => !OF_VAULTS.includes(facet));
  return kinds.filter(({ findsFrom = [] }) => findsFrom.every((facet) => seen.includes(facet)));
};

/**
 * SAFETY: a kind of which something is open is asked whatever is there, so that only it says whether that is still true. Finds everything that an observation
 * shows to be wrong, sorted by id. `muted` counts the other findings and therefore runs last.
 */
export const findingsOf = (finders: Pick<Finders, 'kinds'>, context: CheckContext): readonly Finding[] => {
  const open = new Set(context.openFindings.map(({ kind }) => kind));
  const asked = askedOf(finders, context).filter(
    ({ kind, occasion }) => occasion === undefined || open.has(kind) || isThere(occasion, context),
  );
  const found = asked.filter(({ kind }) => kind !== 'muted').flatMap((finder) => finder.find(context));
  const heldBack = [...context.openFindings, ...found].filter(({ kind }) => isMutable(kind));
  const last = asked.filter(({ kind }) => kind === 'muted');
  return [...found, ...last.flatMap((finder) => finder.find({ ...context, heldBack }))].toSorted(byId);
};

/** SAFETY: the recovery points that findings keep from expiring. Collects those that any kind keeps or kept, by id. */
export const keptByFindings = (
  finders: Pick<Finders, 'kinds'>,
  sight: KeepSight & Sight,
): ReadonlyMap<string, Kept> =>
  new Map(
    askedOf(finders, sight).flatMap((finder) => (finder.keeps?.(sight) ?? []).map((kept) => [kept.id, kept])),
  );

const WENT_WRONG: readonly Outcome['status'][] = ['failed', 'refused'];

/**
 * Finds what went wrong with a run's actions, sorted by id. A refusal counts as a failure; a deferred action does not.
 */
export const findingsOfOutcomes = (attempt: Attempt): readonly Finding[] =>
  attempt.outcomes.some(({ status }) => WENT_WRONG.includes(status))
    ? ATTEMPTED_KINDS.flatMap((kind) => kind.find(attempt)).toSorted(byId)
    : [];
