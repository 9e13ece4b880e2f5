import { type Advice, advise, followedBy } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import type { Observation } from '../../model/observation.ts';
import type { TableStatus } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { describeTableCommand, restoreTableCommand } from '../text/commands.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'table-inaccessible': true;
  }
}

/** A state that keeps DynamoDB from using a table: what it means, whether it can be backed up, and what to do. */
interface Trouble {
  readonly says: string;
  /** SAFETY: such a table is acted on, and a backup of it that fails is reported beside it. */
  readonly isReachable?: true;
  advice(table: string, archive: string | undefined, target: Target): Advice;
}

const withKey = (say: string) => (table: string, _archive: string | undefined, target: Target) =>
  advise(say, describeTableCommand(table, target));

/** The part of a table name that is kept, because a name has at most 255 characters. */
const NAME_CHARS = 240;

const restoredName = (table: string): string => `${table.slice(0, NAME_CHARS)}-restored`;

const archiveAdvice = (table: string, archive: string | undefined, target: Target): Advice =>
  archive === undefined
    ? advise(
        'Restore it from the backup into which DynamoDB archived it. Its ARN is ArchivalSummary.ArchivalBackupArn in:',
        describeTableCommand(table, target),
      )
    : advise(
        'Restore it from the backup into which DynamoDB archived it. For the same name, delete the archived table first:',
        restoreTableCommand(restoredName(table), archive, target),
      );

/** What was archived is encrypted with the same key. */
const restoreAdvice = (table: string, archive: string | undefined, target: Target): Advice =>
  followedBy(
    advise(
      'First make its key usable: enable it, cancel its deletion, or give its policy back to DynamoDB. Without it the backup cannot be restored, and a key that is deleted takes the backup with it. See which key:',
      describeTableCommand(table, target),
    ),
    archiveAdvice(table, archive, target),
  );

/**
 * Transient states are omitted.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ArchivalSummary.html (checked 2026-11-28)
 */
const TROUBLE: Readonly<Partial<Record<TableStatus, Trouble>>> = {
  ARCHIVED: {
    says: 'its KMS key could not be used for seven days, and DynamoDB has archived it into a backup',
    advice: restoreAdvice,
  },
  ARCHIVING: {
    says: 'its KMS key could not be used for seven days, and DynamoDB is archiving it into a backup',
    advice: (table, archive, target) =>
      archive === undefined
        ? advise(
            'It cannot be stopped. Make its key usable, because the backup needs it as well. Once the table is ARCHIVED, restore it from that backup: ArchivalSummary.ArchivalBackupArn in:',
            describeTableCommand(table, target),
          )
        : restoreAdvice(table, archive, target),
  },
  INACCESSIBLE_ENCRYPTION_CREDENTIALS: {
    says: 'its KMS key cannot be used; after seven days DynamoDB archives the table into a backup, and a replica leaves its global table after 20 hours',
    advice: withKey(
      'Bring the key back: enable it, cancel its deletion, or give its policy back to DynamoDB. See which key:',
    ),
  },
  REPLICATION_NOT_AUTHORIZED: {
    says: 'DynamoDB may not replicate it any more; after 20 hours the replica leaves its global table for good and is a table of its own, and where its key cannot be used either it is archived after seven days',
    isReachable: true,
    advice: withKey(
      'Its backups go on where DynamoDB lets them. Give the permission to replicate back: in the resource policy of the table and of the other replicas, and in the service-linked role. See the replicas:',
    ),
  },
};

const isUnreachable = (status: TableStatus): boolean => {
  const trouble = TROUBLE[status];
  return trouble !== undefined && trouble.isReachable !== true;
};

/**
 * Returns the names of tables that this run saw to be usable: DescribeTable said so of the table that has the name now.
 */
export const reachableTables = ({ tables }: Pick<Observation, 'tables'>): ReadonlySet<string> =>
  new Set(
    tables.flatMap(({ name, details }) =>
      details === undefined || isUnreachable(details.status) ? [] : [name],
    ),
  );

/** What is known of it wherever it is open. */
export const tableInaccessible: KindTraits<'table-inaccessible'> = {
  kind: 'table-inaccessible',
  title: 'table inaccessible',
  titleNamesTable: true,
  bringsAbout: [
    'backup-stuck',
    'backups-failing',
    'pitr-repair-failing',
    'recovery-point-overdue',
    'restorable-lag',
  ],
  facets: ['tags', 'details'],
};

/**
 * Finds governed tables that DynamoDB itself cannot use, so that they cannot be backed up either, and replicas that may not
 * replicate. A table that is being created, changed or deleted is not one of them.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-22)
 */
export const tableInaccessibleFinder: Finder<'table-inaccessible'> = {
  kind: 'table-inaccessible',
  occasion: 'inactive-tables',
  find: ({ governed, now, observation: { target } }) =>
    governed.flatMap(({ table: { name, details }, policies }) => {
      const trouble = details === undefined ? undefined : TROUBLE[details.status];
      if (details === undefined || trouble === undefined || policies.length === 0) return [];
      const finding = {
        id: findingId('table-inaccessible', name),
        kind: 'table-inaccessible' as const,
        severity: 'critical' as const,
        table: name,
        cause: details.status,
        fact: `${name} is ${details.status} and ${trouble.isReachable ? 'does not replicate' : 'cannot be backed up'}: ${trouble.says}.`,
        measured: details.status,
        promised: 'ACTIVE',
        since: now,
        ...advisedFor(name, (table) => trouble.advice(table, details.archivalBackupArn, target)),
      };
      return [finding];
    }),
};
