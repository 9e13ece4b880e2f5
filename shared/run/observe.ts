import { DRILL_KINDS } from '../core/findings/catalogue.ts';
import { sceneFor, tablesToConfirm } from '../core/plan/confirm.ts';
import { rotateFrom } from '../core/plan/order.ts';
import { strayTagsOf } from '../core/policy/tag-key.ts';
import { isMissingVault } from '../core/preflight/missing-vaults.ts';
import { vaultQuestion } from '../core/preflight/needs.ts';
import { governedTables } from '../core/scene/governed.ts';
import {
  facetsOf,
  listAlike,
  policiesInUse,
  recoveryPointsSince,
  tablesPromisedPitr,
} from '../core/scene/reach.ts';
import type { Scene } from '../core/scene/scene.ts';
import { deletedOnPurpose } from '../core/scene/vault-look.ts';
import { isDrillNameOf } from '../model/drill.ts';
import { ownFailure, thrownFailure } from '../model/failure.ts';
import type { Facet, Gap, Observation } from '../model/observation.ts';
import type { Policies } from '../model/policy.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Listing } from '../ports/inventory.ts';
import type { LookDeps } from './deps.ts';
import { type Lists, listsOfAll, type Reads, readEach } from './lists.ts';
import { lookCloser, type Question, withOwnTags } from './look-closer.ts';
import { LOOK_MS, stagesOf } from './stages.ts';

type ObserveDeps = Pick<
  LookDeps,
  | 'clock'
  | 'drillStates'
  | 'engines'
  | 'instance'
  | 'inventory'
  | 'policies'
  | 'subscriptions'
  | 'tableReader'
  | 'target'
  | 'vaultFacts'
>;

/** What is read from, with the lists that the run's scope allows. */
interface Sources extends ObserveDeps {
  readonly lists: Lists;
}

/** A thousand a second at 20 ms a call, and as much again. */
const CONCURRENT_DETAILS = 40;

/** Ten a second at a second a call, and as many again that wait for a retry. */
const CONCURRENT_PITR = 20;

const gapOf = (facet: Facet, listing: Listing<unknown>): readonly Gap[] =>
  listing.gap === undefined ? [] : [{ facet, failure: listing.gap }];

const byName = (a: TaggedTable, b: TaggedTable): number => (a.name < b.name ? -1 : 1);

/** Of whole targets only: a hint looks at its table. */
const asksAboutVaults = ({ vaultFacts }: ObserveDeps, { mode, scope }: Question): boolean =>
  vaultFacts !== undefined && mode === 'audit' && scope === undefined;

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
const readTables = async (sources: Sources, question: Question): Promise<Observation> => {
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
const readRecoveryPoints = async (
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

/** Reads backup vaults and jobs of AWS Backup, as an addition to an observation with the recovery points beside it. */
const readVaults = async (
  { clock, lists, policies, target }: Pick<Sources, 'clock' | 'lists' | 'policies' | 'target'>,
  { memory }: Question,
): Promise<Addition> => {
  const beganAt = clock.now();
  const read = await lists.vaults?.({ policies, memory });
  if (read === undefined) return (observation) => observation;
  const { jobs, points } = read;
  const onPurpose = deletedOnPurpose(policies, target);
  // Nothing is in a vault that is not there, and a person said that it is meant.
  const unread = (points.unread ?? []).filter(
    ({ failure, vault }) => !onPurpose.has(vault) || !isMissingVault({ facet: 'vaults', failure, vault }),
  );
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
const readVaultFacts = async (sources: Sources, question: Question): Promise<Addition> => {
  const { policies, target, vaultFacts } = sources;
  const asked = asksAboutVaults(sources, question) ? vaultQuestion(policies.policies, target) : undefined;
  const facts = asked === undefined ? undefined : await vaultFacts?.read(asked);
  return (observation) => ({ ...observation, ...(facts !== undefined && { vaultFacts: facts }) });
};

const NO_TOPIC = ownFailure('not-there', 'there is no such topic', { operation: 'GetTopicAttributes' });

/**
 * Reads who receives what is published. A missing topic is a gap like an unreadable one: nobody
 * receives it.
 */
const readTopic = async ({ subscriptions }: ObserveDeps, { asksTopic }: Question): Promise<Addition> => {
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

/**
 * Reads what drills came to, where a policy asks for them, a table of theirs stands or something about them is open. Without any of these there is nothing
 * to see.
 */
const withDrills = async (
  { drillStates, instance, policies }: ObserveDeps,
  { openFindings, scope }: Question,
  observation: Observation,
): Promise<Observation> => {
  const isConcerned =
    policies.policies.some(({ drill }) => drill !== undefined) ||
    observation.tableNames?.some((name) => isDrillNameOf(instance, name)) === true ||
    openFindings.some(({ kind }) => DRILL_KINDS.includes(kind));
  if (scope !== undefined || !isConcerned) return observation;
  const facets = [...observation.facets, 'drills' as const];
  try {
    return { ...observation, facets, drills: await drillStates.list() };
  } catch (error) {
    const gap: Gap = { facet: 'drills', failure: thrownFailure(error) };
    return { ...observation, facets, gaps: [...observation.gaps, gap] };
  }
};

type Addition = (observation: Observation) => Observation;

const detailsReader =
  (lists: Lists): Reads['read'] =>
  async (table) => {
    const reading = await lists.describe(table.name);
    return reading.kind === 'found'
      ? { kind: 'found', value: { ...table, details: reading.value } }
      : reading;
  };

const isReadingOver =
  ({ clock }: ObserveDeps, { mode, now, deadline = now + LOOK_MS }: Question) =>
  (): boolean =>
    clock.now() > stagesOf(mode, now, deadline).reading;

/**
 * DynamoDB answers "not found" for the recovery of a table that is still being created;
 * DescribeTable has just said that it exists.
 */
const pitrReader =
  ({ inventory }: ObserveDeps): Reads['read'] =>
  async (table) => {
    const reading = await inventory.readPitr(table.name);
    if (reading.kind === 'missing') return { kind: 'found', value: table };
    return reading.kind === 'found' ? { kind: 'found', value: { ...table, pitr: reading.value } } : reading;
  };

/** What was observed, and the scene that decided what to confirm, if one did. */
export interface Observed {
  readonly observation: Observation;
  readonly scene?: Scene;
}

const confirm = (
  { lists }: Sources,
  observation: Observation,
  names: readonly string[],
): Promise<Observation> => {
  return readEach(observation, {
    facet: 'details',
    names,
    concurrency: CONCURRENT_DETAILS,
    read: detailsReader(lists),
  });
};

/**
 * The tags decide which of several schedules count: a monthly policy that no table uses must not
 * make every run list a month. When it makes no difference both lists are read at once.
 */
const policiesThatCount = async (
  { policies }: ObserveDeps,
  { mode, now }: Question,
  tables: Promise<Observation>,
): Promise<Policies> =>
  mode !== 'protect' || listAlike(policies, now) ? policies : policiesInUse(policies, await tables);

/** Recovery points show which tables need a DescribeTable, so they are read first. */
const observeByNeed = async (sources: Sources, question: Question): Promise<Observed> => {
  const { instance, policies } = sources;
  const tables = readTables(sources, question);
  const addPoints = policiesThatCount(sources, question, tables).then((policies) =>
    readRecoveryPoints(sources, question, policies),
  );
  const [listed, add, addVaults] = await Promise.all([tables, addPoints, readVaults(sources, question)]);
  const input = { policies, instance, ...question, observation: addVaults(add(listed)) };
  const scene = sceneFor(input);
  const confirmed = await confirm(sources, input.observation, tablesToConfirm(input, scene));
  return { observation: confirmed, scene };
};

const observeTables = async (sources: Sources, question: Question): Promise<Observation> => {
  const tables = await readTables(sources, question);
  const named = governedTables(sources.policies, tables.tables).filter(({ optedOut }) => !optedOut);
  const listed = await confirm(
    sources,
    tables,
    named.map(({ table }) => table.name),
  );
  const confirmed = await withOwnTags(sources, question, listed);
  const names = rotateFrom(tablesPromisedPitr(sources.policies, confirmed), question.memory.pitrResumeAt);
  return await readEach(confirmed, {
    facet: 'pitr',
    names,
    concurrency: CONCURRENT_PITR,
    read: pitrReader(sources),
  });
};

/**
 * Every table is described anyway, while the recovery points, the longest list, are read at a rate
 * of their own.
 */
const observeAll = async (sources: Sources, question: Question): Promise<Observed> => {
  const [tables, addPoints, addTopic, addVaults, addFacts] = await Promise.all([
    observeTables(sources, question),
    readRecoveryPoints(sources, question, sources.policies),
    readTopic(sources, question),
    readVaults(sources, question),
    readVaultFacts(sources, question),
  ]);
  const isOverTime = isReadingOver(sources, question);
  const listed = await withDrills(sources, question, addFacts(addVaults(addTopic(addPoints(tables)))));
  return { observation: await lookCloser(sources, { ...question, isOverTime }, listed) };
};

/**
 * Reads what a mode needs: each list once and completely, then only the tables that it may act on
 * or report. What could not be read is a gap in the observation, never a shorter list that looks
 * complete.
 */
export const observe = (deps: ObserveDeps, question: Question): Promise<Observed> => {
  const sources = { ...deps, lists: question.scope?.lists ?? listsOfAll(deps) };
  return facetsOf(question.mode).includes('pitr')
    ? observeAll(sources, question)
    : observeByNeed(sources, question);
};
