import type { Finding } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { tablesDeleted } from '../hint/table-deleted.ts';
import type { Check } from './check.ts';
import type { CheckContext } from './context.ts';
import { isSeenWhole } from './seen.ts';

/**
 * As long as DynamoDB keeps what it made of the table; after that the finding has nothing to say any more.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html (checked 2026-11-22)
 */
const OPEN_MS = 35 * DAY_MS;

/** It was announced as a warning; people do not need to be reminded of a table they deleted. What they were told is the alert's to keep. */
const asKnown = ({
  openedAt: _openedAt,
  notifiedAt: _notifiedAt,
  toldSeverity: _toldSeverity,
  toldSubjects: _toldSubjects,
  returns: _returns,
  flapping: _flapping,
  resolvedAt: _resolvedAt,
  ...finding
}: OpenFinding): Finding => ({ ...finding, severity: 'info' });

const isGone = (table: string | undefined, { governed, observation }: CheckContext): boolean => {
  if (table === undefined) return false;
  const details = governed.find((one) => one.table.name === table)?.table.details;
  return details?.status === 'DELETING' || !(observation.tableNames ?? []).includes(table);
};

/**
 * Finds tables that a policy kept and that are gone, with what is left of them, and keeps open, as information, those that people know of: no list shows
 * them. One ends after 35 days, and as soon as a table of that name exists again; a list of names with a gap proves neither.
 */
export const tableDeleted: Check = {
  kind: 'table-deleted',
  facets: ['table-names', 'tags'],
  find: (context) => {
    const { lostTables, memory, now, observation, openFindings } = context;
    if (!isSeenWhole(observation, 'table-names', 'tags')) return [];
    const { target } = observation;
    const known = openFindings
      .filter(({ kind, openedAt }) => kind === 'table-deleted' && now - openedAt < OPEN_MS)
      .filter(({ table }) => isGone(table, context))
      .map(asKnown);
    return [
      ...known,
      ...tablesDeleted(lostTables, openFindings, { target, now, memory, policies: context.policies }),
    ];
  },
};
