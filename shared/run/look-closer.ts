import pMap from 'p-map';
import { closerLook } from '../core/protection/closer.ts';
import { memoryInScope } from '../core/scene/scope.ts';
import { assertNever } from '../model/errors.ts';
import { type Failure, ownFailure } from '../model/failure.ts';
import type { FormerReplica } from '../model/former-replica.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Memory, OpenFinding } from '../model/memory.ts';
import type { FormerTable, Gap, Observation, SystemBackupList } from '../model/observation.ts';
import type { Mode } from '../model/plan.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import type { Lists, TableScope } from './lists.ts';

interface ObserveDeps
  extends Pick<Deps, 'clock' | 'formerReplicas' | 'tableReader' | 'instance' | 'inventory' | 'policies'> {
  readonly lists: Lists;
}

/** What a run asks for, and what earlier runs left it. */
export interface Question {
  readonly mode: Mode;
  readonly now: Instant;
  readonly openFindings: readonly OpenFinding[];
  readonly memory: Memory;
  readonly gaps: readonly Gap[];
  /** When the run must end; absent for a read-only look, which has no time limit. */
  readonly deadline?: Instant;
  /** The only tables of this run; what is remembered of others is not looked for. */
  readonly scope?: TableScope;
  /** Whether an audit also asks who receives the alert topic. */
  readonly asksTopic?: true;
}

/** A question, and whether its time for reading has run out. */
interface TimedQuestion extends Question {
  readonly isOverTime: () => boolean;
}

/** As many at once as the slowest rate, ten a second, can use. */
const CONCURRENT_READS = 10;

/** The SYSTEM backup of a deleted table appears five to ten seconds after the deletion. */
const SETTLE_MS = 15 * SECOND_MS;

/** Another table has the name of one that was governed, or of one whose deletion was reported. */
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

interface Verified {
  readonly tables: readonly TaggedTable[];
  readonly gaps: readonly Gap[];
}

/** Its tags are unknown, so nothing is concluded of it, and the next run reads them. */
const unknownTable = ({ details: _, ...table }: TaggedTable, because: Failure): Verified => ({
  tables: [table],
  gaps: [
    {
      facet: 'details',
      table: table.name,
      failure: ownFailure('own-tags-unread', 'its own tags could not be read', { because }),
      deferred: true,
    },
  ],
});

const verified = (table: TaggedTable, tag: string, reading: Reading<TaggedTable['tags']>): Verified => {
  switch (reading.kind) {
    case 'found':
      return {
        tables: Object.hasOwn(reading.value, tag) ? [{ ...table, tags: reading.value }] : [],
        gaps: [],
      };
    case 'missing':
      return table.details?.restored === true
        ? { tables: [], gaps: [] }
        : unknownTable(table, ownFailure('still-made', 'it is still being made'));
    case 'unreadable':
      return unknownTable(table, reading.failure);
    default:
      return assertNever(reading);
  }
};

/**
 * Reads the tags of recreated tables from the tables themselves: the tagging API still shows those
 * of the deleted table. A table without a policy tag is no longer a tagged one; neither is one that
 * is being restored, whose tags cannot be read yet, because a restored table has none. Nothing is
 * concluded of another whose tags cannot be read.
 */
export const withOwnTags = async (
  { tableReader, policies }: ObserveDeps,
  question: Question,
  observation: Observation,
): Promise<Observation> => {
  const isOther = isMadeAgain(question);
  const readOne = async (table: TaggedTable): Promise<Verified> =>
    isOther(table)
      ? verified(table, policies.tag, await tableReader.readTags(table.name))
      : { tables: [table], gaps: [] };
  const all = await pMap(observation.tables, readOne, { concurrency: CONCURRENT_READS });
  return {
    ...observation,
    tables: all.flatMap(({ tables }) => tables),
    gaps: [...observation.gaps, ...all.flatMap(({ gaps }) => gaps)],
  };
};

/**
 * What cannot be read of such a table is left out: the loss of its policy is reported without it.
 */
const readFormer = async (
  { lists, tableReader, inventory }: ObserveDeps,
  name: string,
  isOverTime: () => boolean,
): Promise<readonly FormerTable[]> => {
  if (isOverTime()) return [];
  const details = await lists.describe(name);
  if (details.kind !== 'found' || isOverTime()) return [];
  const [pitr, tags] = await Promise.all([inventory.readPitr(name), tableReader.readTags(name)]);
  return [
    {
      name,
      details: details.value,
      ...(pitr.kind === 'found' && { pitr: pitr.value }),
      ...(tags.kind === 'found' && { tags: tags.value }),
    },
  ];
};

/**
 * A table with PITR leaves a SYSTEM backup, which may not appear yet when the deletion is seconds
 * old: it is waited for once.
 */
const readSystemBackups = async (
  { clock, tableReader }: ObserveDeps,
  { memory: { pitrBaselines } }: Question,
  deleted: readonly string[],
): Promise<SystemBackupList> => {
  const first = await tableReader.listSystemBackups();
  const shown = new Set(first.items.map(({ tableName }) => tableName));
  const hadPitr = new Set(pitrBaselines.map(({ table }) => table));
  if (first.gap !== undefined || deleted.every((name) => shown.has(name) || !hadPitr.has(name))) return first;
  await clock.sleep(SETTLE_MS);
  return await tableReader.listSystemBackups();
};

/** Where the run has no time left nothing is said of it. */
const readFormerReplicas = async (
  { formerReplicas }: ObserveDeps,
  { isOverTime }: TimedQuestion,
  { tables }: Observation,
  deleted: readonly string[],
): Promise<readonly FormerReplica[]> => {
  const ids = new Map(tables.map(({ name, details }) => [name, details?.tableId]));
  const readOne = async (name: string) =>
    isOverTime() ? undefined : await formerReplicas.read(name, ids.get(name));
  const read = await pMap(deleted, readOne, { concurrency: CONCURRENT_READS });
  return read.filter((one) => one !== undefined);
};

/**
 * Adds what became of tables that were protected and no longer are: the table as it is now, or its
 * SYSTEM backup.
 */
export const lookCloser = async (
  sources: ObserveDeps,
  question: TimedQuestion,
  observation: Observation,
): Promise<Observation> => {
  const { instance, policies } = sources;
  const { now, scope, openFindings, isOverTime } = question;
  const memory = memoryInScope(question.memory, scope?.tables);
  const closer = closerLook({ policies, instance, observation, openFindings, memory, now });
  const { formerTables, deletedTables } = closer;
  const readBackups =
    sources.lists.systemBackupsOf ?? ((deleted) => readSystemBackups(sources, question, deleted));
  const [former, systemBackups, formerReplicas] = await Promise.all([
    pMap(formerTables, (name) => readFormer(sources, name, isOverTime), { concurrency: CONCURRENT_READS }),
    deletedTables.length > 0 ? readBackups(deletedTables) : undefined,
    readFormerReplicas(sources, question, observation, deletedTables),
  ]);
  return {
    ...observation,
    ...(formerTables.length > 0 && { formerTables: former.flat() }),
    ...(systemBackups !== undefined && { systemBackups }),
    ...(formerReplicas.length > 0 && { formerReplicas }),
  };
};
