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

/** The three lists, each read once and all at the same time. */
const readLists = async (sources: Sources, question: Question): Promise<Observation> => {
  const facets = facetsOf(question.mode);
  const since = recoveryPointsSince(sources.policies, question.mode, question.now);
  const wantsNames = facets.includes('table-names');
  const [tagged, names, points] = await Promise.all([
    sources.inventory.listTaggedTables(sources.policies.tag),
    wantsNames ? sources.inventory.listTableNames() : nothing,
    sources.engine.listRecoveryPoints(since),
  ]);
  const listedAs: Facet = since === undefined ? 'recovery-points' : 'recent-recovery-points';
  return {
    target: sources.target,
    observedAt: question.now,
    facets,
    tables: tagged.items.toSorted(byName),
    ...(wantsNames && { tableNames: names.items.toSorted() }),
    recoveryPoints: points.items,
    ...(since !== undefined && { recoveryPointsSince: since }),
    gaps: [
      ...question.gaps,
      ...gapOf('tags', tagged),
      ...gapOf('table-names', names),
      ...gapOf(listedAs, points),
    ],
  };
};

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

/**
 * Given a run's question, returns what its mode looks at: each list once and whole, then only the tables that something may be done to
 * or said of. At the edge whatever could not be read is a gap in the observation, never a shorter list that looks complete.
 */
export const observe = async (sources: Sources, question: Question): Promise<Observation> => {
  const { inventory, policies, instance } = sources;
  const listed = await readLists(sources, question);
  const toConfirm = tablesToConfirm({ policies, instance, observation: listed, ...question });
  const confirmed = await readEach(listed, 'details', toConfirm, detailsReader(inventory));
  if (!listed.facets.includes('pitr')) return confirmed;
  const promised = tablesPromisedPitr(policies, confirmed);
  return await readEach(confirmed, 'pitr', promised, pitrReader(inventory));
};
