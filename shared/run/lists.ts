import pMap from 'p-map';
import { areVaultsKnown } from '../core/scene/scope.ts';
import { knownOrigins, vaultsToLook } from '../core/scene/vault-look.ts';
import type { Instant } from '../model/instant.ts';
import type { Job } from '../model/job.ts';
import type { Memory } from '../model/memory.ts';
import type { Facet, Gap, Observation, SystemBackupList } from '../model/observation.ts';
import type { Policies } from '../model/policy.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { TableDetails, TaggedTable } from '../model/table.ts';
import type { EngineLists } from '../ports/engine.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import type { LookDeps } from './deps.ts';
import { listRecoveryPoints } from './engines.ts';

/** A table with more read of it. */
export type TableReading = Reading<TaggedTable>;

/** What to read in addition, and of which tables. */
export interface Reads {
  readonly facet: Facet;
  /** In the order of their turns. */
  readonly names: readonly string[];
  /** Reads under way at once: enough to keep the rate busy, few enough for one Lambda's sockets. */
  readonly concurrency: number;
  read(table: TaggedTable): Promise<TableReading>;
}

type Readings = ReadonlyMap<string, TableReading>;

const readAll = async (
  tables: readonly TaggedTable[],
  { names, read, concurrency }: Reads,
): Promise<Readings> => {
  const known = new Map(tables.map((table) => [table.name, table]));
  const wanted = names.flatMap((name) => known.get(name) ?? []);
  const readOne = async (table: TaggedTable) => [table.name, await read(table)] as const;
  return new Map(await pMap(wanted, readOne, { concurrency }));
};

const gapOf = (facet: Facet, table: string, reading: TableReading | undefined): readonly Gap[] => {
  if (reading?.kind !== 'unreadable') return [];
  const { failure, deferred } = reading;
  return [{ facet, table, failure, ...(deferred !== undefined && { deferred }) }];
};

const seenOf = (table: TaggedTable, reading: TableReading | undefined): readonly TaggedTable[] => {
  if (reading?.kind === 'missing') return [];
  return reading?.kind === 'found' ? [reading.value] : [table];
};

/**
 * Adds what is read of the named tables to the observation and keeps the order of its tables. Drops
 * tables that turn out not to exist; those that could not be read leave a gap, and those whose turn
 * did not come a deferred one.
 */
export const readEach = async (observation: Observation, reads: Reads): Promise<Observation> => {
  const { tables, gaps } = observation;
  const readings = await readAll(tables, reads);
  return {
    ...observation,
    tables: tables.flatMap((table) => seenOf(table, readings.get(table.name))),
    gaps: [...gaps, ...tables.flatMap(({ name }) => gapOf(reads.facet, name, readings.get(name)))],
  };
};

/** What vaults are read by: the policies that name them, and what is remembered of them. */
export interface VaultQuery {
  readonly policies: Policies;
  readonly memory: Pick<Memory, 'copiesAsked' | 'vaultRecords'>;
}

/** Recovery points in vaults and jobs, each with what could not be read. */
export interface VaultsRead {
  readonly points: Listing<RecoveryPoint>;
  readonly jobs: Listing<Job>;
}

/** The lists that a run decides from: of the whole target, or of the tables of its scope. */
export interface Lists {
  /** With the tag key, or with any tag where none is given, including those that are gone by now. */
  tagged(tagKey?: string): Promise<Listing<TaggedTable>>;
  names(): Promise<Listing<string>>;
  recoveryPoints(since?: Instant): Promise<Listing<RecoveryPoint>>;
  /** What is in backup vaults, and the jobs of AWS Backup; absent with a scope, and without an engine that has vaults. */
  readonly vaults?: (query: VaultQuery) => Promise<VaultsRead>;
  describe(table: string): Promise<Reading<TableDetails>>;
  /** The tables of the scope that are deleted or being deleted; absent without a scope. */
  readonly gone?: () => Promise<readonly string[]>;
  /** What DynamoDB made of single tables when they were deleted; absent without a scope. */
  readonly systemBackupsOf?: (deleted: readonly string[]) => Promise<SystemBackupList>;
}

/** The only tables of a run, the lists of them, and until when these are read. */
export interface TableScope {
  readonly tables: readonly string[];
  readonly lists: Lists;
  readonly deadline: Instant;
}

/** The list of backups says nothing of vaults, and a vault that cannot be read nothing of backups: each is read by itself. */
const backupsOf = ({ dynamodb }: EngineLists): EngineLists => (dynamodb === undefined ? {} : { dynamodb });

/** Reads nothing where no policy names a vault and none is remembered. Jobs come first: they say whose some of the recovery points are. */
const vaultReader =
  (
    engine: NonNullable<EngineLists['aws-backup']>,
    { instance, target }: Pick<LookDeps, 'instance' | 'target'>,
  ) =>
  async ({ policies, memory }: VaultQuery): Promise<VaultsRead> => {
    const vaults = areVaultsKnown(policies, memory) ? vaultsToLook(policies, memory, target) : [];
    if (vaults.length === 0) return { points: { items: [] }, jobs: { items: [] } };
    const jobs = (await engine.jobs?.()) ?? { items: [] };
    const points = await engine.list({ vaults, known: knownOrigins(memory, jobs.items, instance) });
    return { points, jobs };
  };

/** Creates the lists of the whole target. */
export const listsOfAll = ({
  engines,
  inventory,
  instance,
  target,
}: Pick<LookDeps, 'engines' | 'instance' | 'inventory' | 'target'>): Lists => ({
  ...(engines['aws-backup'] !== undefined && {
    vaults: vaultReader(engines['aws-backup'], { instance, target }),
  }),
  tagged: (tagKey) => inventory.listTaggedTables(tagKey),
  names: () => inventory.listTableNames(),
  recoveryPoints: (since) => listRecoveryPoints(backupsOf(engines), since === undefined ? {} : { since }),
  describe: (table) => inventory.describeTable(table),
});
