import pMap from 'p-map';
import { tablesToConfirm } from '../core/plan/confirm.ts';
import { facetsOf, recoveryPointsSince, tablesPromisedPitr } from '../core/plan/scope.ts';
import type { Instant } from '../model/instant.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Facet, Gap, Observation } from '../model/observation.ts';
import type { Mode } from '../model/plan.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Inventory, Listing, Reading } from '../ports/inventory.ts';
import type { Parts } from './parts.ts';

type Sources = Pick<Parts, 'target' | 'instance' | 'policies' | 'inventory' | 'engine'>;

/** What a run wants to know, and what earlier runs left it. */
export interface Question {
  readonly mode: Mode;
  readonly now: Instant;
  readonly openFindings: readonly OpenFinding[];
  readonly gaps: readonly Gap[];
}

/** Reads under way at once: enough to keep the fastest documented rate busy at 20 ms a call, few enough for one Lambda's sockets. */
const CONCURRENT_READS = 40;

const gapOf = (facet: Facet, listing: Listing<unknown>): readonly Gap[] =>
  listing.gap === undefined ? [] : [{ facet, reason: listing.gap }];

const byName = (a: TaggedTable, b: TaggedTable): number => (a.name < b.name ? -1 : 1);

const nothing: Listing<never> = { items: [] };

/** The tables that opted in and, where the mode wants them, the names of all. */
const readTables = async (sources: Sources, question: Question): Promise<Observation> => {
  const facets = facetsOf(question.mode);
  const wantsNames = facets.includes('table-names');
  const [tagged, names] = await Promise.all([
    sources.inventory.listTaggedTables(sources.policies.tag),
    wantsNames ? sources.inventory.listTableNames() : nothing,
  ]);
  return {
    target: sources.target,
    observedAt: question.now,
    facets,
    tables: tagged.items.toSorted(byName),
    ...(wantsNames && { tableNames: names.items.toSorted() }),
    recoveryPoints: [],
    gaps: [...question.gaps, ...gapOf('tags', tagged), ...gapOf('table-names', names)],
  };
};

/** The recovery points that the mode asks for, as what they add to an observation. */
const readRecoveryPoints = async (
  { engine, policies }: Sources,
  { mode, now }: Question,
): Promise<Addition> => {
  const since = recoveryPointsSince(policies, mode, now);
  const points = await engine.listRecoveryPoints(since);
  const gaps = gapOf(since === undefined ? 'recovery-points' : 'recent-recovery-points', points);
  return (observation) => ({
    ...observation,
    recoveryPoints: points.items,
    ...(since !== undefined && { recoveryPointsSince: since }),
    gaps: [...observation.gaps, ...gaps],
  });
};

type Addition = (observation: Observation) => Observation;

type ReadTable = (table: TaggedTable) => Promise<Reading<TaggedTable>>;

/** Reads more of each named table. Tables that turn out not to exist leave the observation; those that could not be read leave a gap. */
const readEach = async (
  observation: Observation,
  facet: Facet,
  names: readonly string[],
  read: ReadTable,
): Promise<Observation> => {
  const wanted = new Set(names);
  const gaps: Gap[] = [];
  const readOne = async (table: TaggedTable): Promise<readonly TaggedTable[]> => {
    const reading = wanted.has(table.name) ? await read(table) : undefined;
    if (reading?.kind === 'missing') return [];
    if (reading?.kind === 'found') return [reading.value];
    if (reading !== undefined) gaps.push({ facet, table: table.name, reason: reading.reason });
    return [table];
  };
  const tables = await pMap(observation.tables, readOne, { concurrency: CONCURRENT_READS });
  const inOrder = gaps.toSorted((a, b) => ((a.table ?? '') < (b.table ?? '') ? -1 : 1));
  return { ...observation, tables: tables.flat(), gaps: [...observation.gaps, ...inOrder] };
};

const detailsReader =
  (inventory: Inventory): ReadTable =>
  async (table) => {
    const reading = await inventory.describeTable(table.name);
    return reading.kind === 'found'
      ? { kind: 'found', value: { ...table, details: reading.value } }
      : reading;
  };

/** DynamoDB answers "not found" for the recovery of a table that is still being created; DescribeTable has just said that it exists. */
const pitrReader =
  (inventory: Inventory): ReadTable =>
  async (table) => {
    const reading = await inventory.readPitr(table.name);
    if (reading.kind === 'missing') return { kind: 'found', value: table };
    return reading.kind === 'found' ? { kind: 'found', value: { ...table, pitr: reading.value } } : reading;
  };

const confirm = (sources: Sources, question: Question, observation: Observation): Promise<Observation> => {
  const { inventory, policies, instance } = sources;
  const names = tablesToConfirm({ policies, instance, observation, ...question });
  return readEach(observation, 'details', names, detailsReader(inventory));
};

/** Recovery points say which tables are worth a DescribeTable, so they are read first. */
const observeByNeed = async (sources: Sources, question: Question): Promise<Observation> => {
  const [tables, addPoints] = await Promise.all([
    readTables(sources, question),
    readRecoveryPoints(sources, question),
  ]);
  return await confirm(sources, question, addPoints(tables));
};

const observeTables = async (sources: Sources, question: Question): Promise<Observation> => {
  const { inventory, policies } = sources;
  const confirmed = await confirm(sources, question, await readTables(sources, question));
  return await readEach(confirmed, 'pitr', tablesPromisedPitr(policies, confirmed), pitrReader(inventory));
};

/** Every table is looked at anyway, while the recovery points, the longest list there is, are read at a rate of their own. */
const observeAll = async (sources: Sources, question: Question): Promise<Observation> => {
  const [tables, addPoints] = await Promise.all([
    observeTables(sources, question),
    readRecoveryPoints(sources, question),
  ]);
  return addPoints(tables);
};

/**
 * Given a run's question, returns what its mode looks at: each list once and whole, then only the tables that something may be done to
 * or said of. At the edge whatever could not be read is a gap in the observation, never a shorter list that looks complete.
 */
export const observe = (sources: Sources, question: Question): Promise<Observation> =>
  facetsOf(question.mode).includes('pitr') ? observeAll(sources, question) : observeByNeed(sources, question);
