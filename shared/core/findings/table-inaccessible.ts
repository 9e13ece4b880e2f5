import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import type { Observation } from '../../model/observation.ts';
import type { TableStatus } from '../../model/table.ts';
import { describeTableCommand } from '../text/commands.ts';
import { advisedFor } from './advised.ts';
import type { ObservedKind } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'table-inaccessible': true;
  }
}

/** What each state means for the person who must act; transient states are omitted. */
const MEANING: Readonly<Partial<Record<TableStatus, string>>> = {
  ARCHIVED: 'its KMS key was out of reach for seven days, and DynamoDB has archived it into a backup',
  ARCHIVING: 'its KMS key was out of reach for seven days, and DynamoDB is archiving it into a backup',
  INACCESSIBLE_ENCRYPTION_CREDENTIALS:
    'its KMS key cannot be used; after seven days DynamoDB archives the table into a backup and deletes it',
  REPLICATION_NOT_AUTHORIZED: 'a replica may not use the KMS key or role that it needs',
};

/**
 * Returns the names of tables that this run saw to be usable: DescribeTable said so of the table that has the name now.
 */
export const reachableTables = ({ tables }: Pick<Observation, 'tables'>): ReadonlySet<string> =>
  new Set(
    tables.flatMap(({ name, details }) =>
      details === undefined || MEANING[details.status] !== undefined ? [] : [name],
    ),
  );

/**
 * Finds governed tables that DynamoDB itself cannot use, so that they cannot be backed up either. A table that is being
 * created, changed or deleted is not one of them.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-22)
 */
export const tableInaccessible: ObservedKind<'table-inaccessible'> = {
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
  find: ({ governed, now, observation: { target } }) =>
    governed.flatMap(({ table: { name, details }, policies }) => {
      const meaning = details === undefined ? undefined : MEANING[details.status];
      if (details === undefined || meaning === undefined || policies.length === 0) return [];
      const finding = {
        id: findingId('table-inaccessible', name),
        kind: 'table-inaccessible' as const,
        severity: 'critical' as const,
        table: name,
        cause: details.status,
        fact: `${name} cannot be backed up, for it is ${details.status}: ${meaning}.`,
        measured: details.status,
        promised: 'ACTIVE',
        since: now,
        ...advisedFor(name, (table) =>
          advise(
            'Bring the key back: enable it, cancel its deletion, or give its policy back to DynamoDB. See which key:',
            describeTableCommand(table, target),
          ),
        ),
      };
      return [finding];
    }),
};
