import { sceneFor, tablesToConfirm } from '../core/plan/confirm.ts';
import { rotateFrom } from '../core/plan/order.ts';
import { governedTables } from '../core/scene/governed.ts';
import { facetsOf, listAlike, policiesInUse, tablesPromisedPitr } from '../core/scene/reach.ts';
import type { Scene } from '../core/scene/scene.ts';
import type { Observation } from '../model/observation.ts';
import type { Policies } from '../model/policy.ts';
import { type Lists, listsOfAll, type Reads, readEach } from './lists.ts';
import { lookCloser, type Question, withOwnTags } from './look-closer.ts';
import { readHeads, withKeyFacts } from './observe-keys.ts';
import {
  type ObserveDeps,
  readRecoveryPoints,
  readTables,
  readTopic,
  readVaultFacts,
  readVaults,
  type Sources,
  withDrills,
} from './observe-parts.ts';
import { LOOK_MS, stagesOf } from './stages.ts';

/** A thousand a second at 20 ms a call, and as much again. */
const CONCURRENT_DETAILS = 40;

/** Ten a second at a second a call, and as many again that wait for a retry. */
const CONCURRENT_PITR = 20;

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
  const [tables, addPoints, addTopic, addVaults, addFacts, heads] = await Promise.all([
    observeTables(sources, question),
    readRecoveryPoints(sources, question, sources.policies),
    readTopic(sources, question),
    readVaults(sources, question),
    readVaultFacts(sources, question),
    readHeads(sources, question),
  ]);
  const isOverTime = isReadingOver(sources, question);
  const drilled = await withDrills(sources, question, addFacts(addVaults(addTopic(addPoints(tables)))));
  const listed = await withKeyFacts(sources, heads, drilled);
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
