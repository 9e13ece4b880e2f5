import pMap from 'p-map';
import { closerLook } from '../core/protection/closer.ts';
import { SECOND_MS } from '../model/instant.ts';
import type { Memory } from '../model/memory.ts';
import type { FormerTable, Observation, SystemBackupList } from '../model/observation.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Question } from './observe.ts';
import type { Parts } from './parts.ts';

type Sources = Pick<Parts, 'clock' | 'closeLook' | 'instance' | 'inventory' | 'policies'>;

/** A question, and whether its time for reading is over. */
interface TimedQuestion extends Question {
  readonly isOverTime: () => boolean;
}

/** As many at once as the slowest rate, ten a second, can use. */
const CONCURRENT_READS = 10;

/** What DynamoDB makes of a deleted table shows up five to ten seconds after it. */
const SETTLE_MS = 15 * SECOND_MS;

/** Another table stands under a name that was governed, or under one whose deletion was reported. */
const isMadeAgain = ({ memory, openFindings }: Question): ((table: TaggedTable) => boolean) => {
  const ids = new Map(memory.protections?.map(({ table, tableId }) => [table, tableId]));
  const deleted = new Set(
    openFindings.filter(({ kind }) => kind === 'table-deleted').map(({ table }) => table),
  );
  return ({ name, details }) => {
    const before = ids.get(name);
    return (
      details !== undefined && (deleted.has(name) || (before !== undefined && before !== details.tableId))
    );
  };
};

/**
 * Reads the tags of tables that were made again where they are true: the tagging API goes on showing those of the deleted table. Tags that cannot be read
 * stay as they were shown. A table that has no policy tag leaves the tagged ones.
 */
export const withOwnTags = async (
  { closeLook, policies }: Sources,
  question: Question,
  observation: Observation,
): Promise<Observation> => {
  const isOther = isMadeAgain(question);
  const readOne = async (table: TaggedTable): Promise<readonly TaggedTable[]> => {
    if (!isOther(table)) return [table];
    const reading = await closeLook.readTags(table.name);
    if (reading.kind !== 'found') return [table];
    return Object.hasOwn(reading.value, policies.tag) ? [{ ...table, tags: reading.value }] : [];
  };
  const tables = await pMap(observation.tables, readOne, { concurrency: CONCURRENT_READS });
  return { ...observation, tables: tables.flat() };
};

const memoryOf = ({ memory, only }: Question): Memory => ({
  ...memory,
  ...(memory.protections !== undefined && {
    protections: memory.protections.filter(({ table }) => only === undefined || only.includes(table)),
  }),
});

/** Nothing is made of what cannot be read of such a table: that it lost its policy is reported without. */
const readFormer = async (
  { closeLook, inventory }: Sources,
  name: string,
  isOverTime: () => boolean,
): Promise<readonly FormerTable[]> => {
  if (isOverTime()) return [];
  const details = await inventory.describeTable(name);
  if (details.kind !== 'found' || isOverTime()) return [];
  const [pitr, tags] = await Promise.all([inventory.readPitr(name), closeLook.readTags(name)]);
  return [
    {
      name,
      details: details.value,
      ...(pitr.kind === 'found' && { pitr: pitr.value }),
      ...(tags.kind === 'found' && { tags: tags.value }),
    },
  ];
};

/** A table with PITR leaves a SYSTEM backup, which may not show yet when the deletion is seconds old: then it is waited for once. */
const readSystemBackups = async (
  { clock, closeLook }: Sources,
  { memory: { pitrBaselines } }: Question,
  deleted: readonly string[],
): Promise<SystemBackupList> => {
  const first = await closeLook.listSystemBackups();
  const shown = new Set(first.items.map(({ tableName }) => tableName));
  const hadPitr = new Set(pitrBaselines.map(({ table }) => table));
  if (first.gap !== undefined || deleted.every((name) => shown.has(name) || !hadPitr.has(name))) return first;
  await clock.sleep(SETTLE_MS);
  return await closeLook.listSystemBackups();
};

/** Adds what became of tables that were protected and are not any more: the table as it is now, or what DynamoDB made of it. */
export const lookCloser = async (
  sources: Sources,
  question: TimedQuestion,
  observation: Observation,
): Promise<Observation> => {
  const { instance, policies } = sources;
  const { now, only, openFindings, isOverTime } = question;
  const memory = memoryOf(question);
  const closer = closerLook({ policies, instance, observation, openFindings, memory, now });
  const { formerTables, deletedTables } = closer;
  const asksSystemBackups = deletedTables.length > 0 && only === undefined;
  const [former, systemBackups] = await Promise.all([
    pMap(formerTables, (name) => readFormer(sources, name, isOverTime), { concurrency: CONCURRENT_READS }),
    asksSystemBackups ? readSystemBackups(sources, question, deletedTables) : undefined,
  ]);
  return {
    ...observation,
    ...(formerTables.length > 0 && { formerTables: former.flat() }),
    ...(systemBackups !== undefined && { systemBackups }),
  };
};
