import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { shortHash } from '../text/digest.ts';

/**
 * How long DynamoDB keeps the SYSTEM backup of the table; after that the finding has nothing to
 * report any more.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html (checked 2026-11-22)
 */
const OPEN_MS = 35 * DAY_MS;

/** Whether a reported deletion still has something to report. */
export const stillOpen = ({ openedAt }: OpenFinding, now: Instant): boolean => now - openedAt < OPEN_MS;

/** Turns a reported deletion into information: people do not need reminders of a table they deleted. What was reported is kept by the alert. */
export const asKnown = ({
  openedAt: _openedAt,
  notifiedAt: _notifiedAt,
  toldSeverity: _toldSeverity,
  toldSubjects: _toldSubjects,
  returns: _returns,
  flapping: _flapping,
  resolvedAt: _resolvedAt,
  ...finding
}: OpenFinding): Finding => ({ ...finding, severity: 'info' });

export const NO_POINTS = 'no recovery points';

/** DynamoDB's own backup of a table expires about then. */
const SYSTEM_ENDS_MS = 34 * DAY_MS;

/** Whether a deletion was reported, but not yet that its last recovery points are gone. */
export const isUnaware = ({ kind, openedAt, toldSubjects }: OpenFinding, now: Instant): boolean =>
  kind === 'table-deleted' &&
  now - openedAt < SYSTEM_ENDS_MS &&
  toldSubjects?.includes(shortHash(NO_POINTS)) !== true;
