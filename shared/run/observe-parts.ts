import { DRILL_KINDS } from '../core/findings/catalogue.ts';
import { strayTagsOf } from '../core/policy/tag-key.ts';
import { vaultQuestion } from '../core/preflight/needs.ts';
import { isMissingVault } from '../core/scene/missing-vaults.ts';
import { facetsOf, recoveryPointsSince } from '../core/scene/reach.ts';
import { deletedOnPurpose } from '../core/scene/vault-look.ts';
import { ownFailure, thrownFailure } from '../model/failure.ts';
import type { Facet, Gap, Observation } from '../model/observation.ts';
import { isDrillNameOf } from '../model/passing-table.ts';
import type { Policies } from '../model/policy.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Listing, UnreadVault } from '../ports/inventory.ts';
import type { LookDeps } from './deps.ts';
import type { Lists } from './lists.ts';
import type { Question } from './look-closer.ts';

/** What an observation is read with. */
export type ObserveDeps = Pick<
  LookDeps,
  | 'clock'
  | 'drillStates'
  | 'engines'
  | 'formerReplicas'
  | 'instance'
  | 'inventory'
  | 'keyFacts'
  | 'policies'
  | 'runNotes'
  | 'subscriptions'
  | 'tableReader'
  | 'target'
  | 'vaultFacts'
>;

/** What is read from, with the lists that the run's scope allows. */
export interface Sources extends ObserveDeps {
  readonly lists: Lists;
}

/** What was read, as a function that adds it to an observation. */
export type Addition = (observation: Observation) => Observation;

const gapOf = (facet: Facet, listing: Listing<unknown>): readonly Gap[] =>
  listing.gap === undefined ? [] : [{ facet, failure: listing.gap }];

const byName = (a: TaggedTable, b: TaggedTable): number => (a.name < b.name ? -1 : 1);

/**
 * Of whole targets only: a hint looks at its table. SAFETY: also where no policy has a vault any more and nothing has to be asked: what was found of one is
 * over then.
 */
const asksAboutVaults = ({ vaultFacts }: ObserveDeps, { mode, scope }: Question): boolean =>
  vaultFacts !== undefined && mode === 'audit' && scope === undefined;

const usesVaults = ({ policies: { policies } }: ObserveDeps): boolean =>
  policies.some(({ vault }) => vault !== undefined);

const nothing: Listing<never> = { items: [] };

/** A table without a listed tag has none. */
const tableOf = (names: ReadonlySet<string>, tagged: readonly TaggedTable[]): readonly TaggedTable[] => {
  const known = new Map(tagged.map((table) => [table.name, table]));
  return [...names].toSorted().map((name) => known.get(name) ?? { name, tags: {} });
};

/**
 * The tables that opted in and, where the mode needs them, all names and the tables that only seem
 * to have opted in.
 */
export const readTables = async (sources: Sources, question: Question): Promise<Observation> => {
  const { lists, policies } = sources;
  const facets = [
    ...facetsOf(question.mode).filter((facet) => facet !== 'subscriptions' || question.asksTopic),
    ...(lists.vaults === undefined ? [] : (['vaults'] as const)),
    ...(asksAboutVaults(sources, question) ? (['vault-settings'] as const) : []),
  ];
  const { tag } = policies;
  const wantsNames = facets.includes('table-names');
  const [tagged, names] = await Promise.all([
    lists.tagged(wantsNames ? undefined : tag),
    wantsNames ? lists.names() : nothing,
  ]);
  const gone = new Set(await lists.gone?.());
  return {
    target: sources.target,
    observedAt: question.now,
    facets,
    ...(question.scope !== undefined && {
      scope: question.scope.tables,
      goneTables: tableOf(gone, tagged.items),
    }),
    tables: tagged.items.filter(({ tags }) => Object.hasOwn(tags, tag)).toSorted(byName),
    ...(wantsNames && {
      tableNames: names.items.toSorted(),
      strayTags: strayTagsOf(tagged.items.toSorted(byName), tag),
    }),
    recoveryPoints: [],
    gaps: [...question.gaps, ...gapOf('tags', tagged), ...gapOf('table-names', names)],
  };
};

/**
 * Reads the recovery points that the mode needs under these policies, as an addition to an
 * observation.
 */
export const readRecoveryPoints = async (
  { clock, lists }: Pick<Sources, 'clock' | 'lists'>,
  { mode, now }: Pick<Question, 'mode' | 'now'>,
  policies: Policies,
): Promise<Addition> => {
  const since = recoveryPointsSince(policies, mode, now);
  const beganAt = clock.now();
  const points = await lists.recoveryPoints(since);
  const gaps = gapOf(since === undefined ? 'recovery-points' : 'recent-recovery-points', points);
  return (observation) => ({
    ...observation,
    recoveryPoints: points.items,
    ...(since !== undefined && { recoveryPointsSince: since }),
    ...(points.gap === undefined && { recoveryPointsWholeAt: beganAt }),
    gaps: [...observation.gaps, ...gaps],
  });
};

/** Nothing is in a vault that is not there, and a person said that it is meant. */
const withoutDeleted = (
  unread: readonly UnreadVault[],
  onPurpose: ReadonlySet<string>,
): readonly UnreadVault[] =>
  unread.filter(
    ({ failure, vault }) => !onPurpose.has(vault) || !isMissingVault({ facet: 'vaults', failure, vault }),
  );

/** Reads backup vaults and jobs of AWS Backup, as an addition to an observation with the recovery points beside it. */
export const readVaults = async (
  { clock, lists, policies, target }: Pick<Sources, 'clock' | 'lists' | 'policies' | 'target'>,
  { memory }: Question,
): Promise<Addition> => {
  const beganAt = clock.now();
  const read = await lists.vaults?.({ policies, memory });
  if (read === undefined) return (observation) => observation;
  const { jobs, points } = read;
  const { unread: all } = points;
  const unread = all === undefined ? [] : withoutDeleted(all, deletedOnPurpose(policies, target));
  const gaps: readonly Gap[] = [
    ...gapOf('vaults', jobs),
    ...gapOf('vaults', points),
    ...unread.map(({ failure, vault }) => ({ facet: 'vaults' as const, vault, failure })),
  ];
  return (observation) => ({
    ...observation,
    recoveryPoints: [...observation.recoveryPoints, ...points.items],
    jobs: jobs.items,
    ...(gaps.length === 0 && { vaultsWholeAt: beganAt }),
    gaps: [...observation.gaps, ...gaps],
  });
};

/** Asks what policies of vaults need, as an addition to an observation: nothing where no policy has a vault. */
export const readVaultFacts = async (sources: Sources, question: Question): Promise<Addition> => {
  const { policies, target, vaultFacts } = sources;
  if (!asksAboutVaults(sources, question) || !usesVaults(sources)) return (observation) => observation;
  const asked = vaultQuestion(policies.policies, target);
  const facts = asked === undefined ? undefined : await vaultFacts?.read(asked);
  return (observation) => ({ ...observation, ...(facts !== undefined && { vaultFacts: facts }) });
};

const NO_TOPIC = ownFailure('not-there', 'there is no such topic', { operation: 'GetTopicAttributes' });

/**
 * Reads who receives what is published. A missing topic is a gap like an unreadable one: nobody
 * receives it.
 */
export const readTopic = async (
  { subscriptions }: ObserveDeps,
  { asksTopic }: Question,
): Promise<Addition> => {
  if (asksTopic === undefined) return (observation) => observation;
  const [reading, listing] = await Promise.all([subscriptions.read(), subscriptions.list()]);
  const { items, gap } = listing;
  if (reading.kind === 'found') {
    const topic = gap === undefined ? { ...reading.value, subscribers: items } : reading.value;
    return (observation) => ({
      ...observation,
      topic,
      gaps: [...observation.gaps, ...gapOf('subscriptions', listing)],
    });
  }
  const failure = reading.kind === 'missing' ? NO_TOPIC : reading.failure;
  return ({ gaps, ...observation }) => ({
    ...observation,
    gaps: [...gaps, { facet: 'subscriptions', failure }],
  });
};

/** Reads when drills last ran. */
const lastDrillRun = async (runNotes: ObserveDeps['runNotes']): Promise<Pick<Observation, 'drillsRanAt'>> => {
  const noted = (await runNotes.read()).find(({ name }) => name === 'drill');
  return { drillsRanAt: noted?.at ?? null };
};

/**
 * Reads what drills came to, where a policy asks for them, a table of theirs stands or something about them is open. Without any of these there is nothing
 * to see.
 */
export const withDrills = async (
  { drillStates, instance, policies, runNotes }: ObserveDeps,
  { openFindings, scope }: Question,
  observation: Observation,
): Promise<Observation> => {
  const isConcerned =
    policies.policies.some(({ drill }) => drill !== undefined) ||
    observation.tableNames?.some((name) => isDrillNameOf(instance, name)) === true ||
    openFindings.some(({ kind }) => DRILL_KINDS.has(kind));
  if (scope !== undefined || !isConcerned) return observation;
  const facets = [...observation.facets, 'drills' as const];
  try {
    const [drills, ran] = await Promise.all([drillStates.list(), lastDrillRun(runNotes)]);
    return { ...observation, facets, drills, ...ran };
  } catch (error) {
    const gap: Gap = { facet: 'drills', failure: thrownFailure(error) };
    return { ...observation, facets, gaps: [...observation.gaps, gap] };
  }
};
