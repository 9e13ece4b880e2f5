import type { TableStatus } from '../../model/table.ts';

/**
 * Given the state of a table, returns whether backups are made of it and its point-in-time recovery is repaired. At the edge: false for a
 * table on its way in or out, and for one that is out of reach: CreateBackup is refused there or loses a race with a deletion, and what
 * is due is still due when the table is back.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const isActedOn = (status: TableStatus): boolean => status === 'ACTIVE' || status === 'UPDATING';
