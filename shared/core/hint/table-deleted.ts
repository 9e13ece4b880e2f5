import { type Finding, findingId } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Target } from '../../model/target.ts';
import { restoreTable, whoChanged } from '../checks/commands.ts';
import { isPassingTable } from '../checks/passing-table.ts';
import { adviceText, counted, verb } from '../render/finding-text.ts';
import { newestText } from '../render/newest-text.ts';
import { utcText } from '../render/time-text.ts';

/** What is left of a table that is gone or going. */
export interface LostTable {
  readonly name: string;
  /** Whether a policy was to keep it, by its tag, by its recovery points or by what was remembered of it. */
  readonly wasGoverned: boolean;
  /** Our recovery points of it, in order of creation. */
  readonly points: readonly RecoveryPoint[];
  /** In order of creation. */
  readonly systemBackups: readonly SystemBackup[];
}

const systemText = (newest: SystemBackup | undefined, now: Instant): string => {
  if (newest === undefined)
    return 'DynamoDB shows no SYSTEM backup of it: it makes one only where point-in-time recovery was on.';
  return newest.expiresAt > now
    ? `DynamoDB's own SYSTEM backup ${newest.name}, of the last moment, lives until ${utcText(newest.expiresAt)}.`
    : `DynamoDB's own SYSTEM backup ${newest.name} ended at ${utcText(newest.expiresAt)}.`;
};

const pointsText = (available: readonly RecoveryPoint[]): string => {
  if (available.length === 0) return 'No recovery point of ours can be restored.';
  const count = counted(available.length, 'recovery point');
  return `${count} of ours ${verb(available.length, 'is', 'are')} kept, the newest: ${newestText(available)}.`;
};

const findingOf = ({ name, points, systemBackups }: LostTable, target: Target, now: Instant): Finding => {
  const system = systemBackups.at(-1);
  const available = points.filter(({ status }) => status === 'available');
  const living = system !== undefined && system.expiresAt > now ? system : undefined;
  const best = living?.id ?? available.at(-1)?.id;
  return {
    id: findingId('table-deleted', name),
    kind: 'table-deleted',
    severity: 'warning',
    table: name,
    fact: `${name}, which a policy keeps, was deleted. ${pointsText(available)} ${systemText(system, now)}`,
    measured: 'deleted',
    promised: 'kept recoverable',
    since: now,
    advice: adviceText(
      best === undefined
        ? 'Nothing is left to restore it from. See who deleted it:'
        : 'If nobody meant it, restore it under its name, and see who deleted it:',
      ...(best === undefined ? [] : [restoreTable(name, best, target)]),
      whoChanged(name, target),
    ),
  };
};

/** An audit between the deletion and its hint tells of our recovery points only; one that was told for longer is of a former deletion. */
const FRESH_MS = HOUR_MS;

/** What is told already is not told again, whichever run told it. */
const isKnown = (name: string, openFindings: readonly OpenFinding[], now: Instant): boolean =>
  openFindings.some(
    ({ kind, openedAt, table }) =>
      table === name &&
      (kind === 'table-deleted' || (kind === 'recovery-points-of-lost-table' && now - openedAt >= FRESH_MS)),
  );

/**
 * Given tables that are gone and what is open, returns one finding for each that a policy was to keep: what is left of it, and until when.
 * At the edge a loss that is open already is not found a second time, and tables of AWS Backup's restore tests come and go by themselves.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (checked 2026-11-22)
 */
export const tablesDeleted = (
  lost: readonly LostTable[],
  openFindings: readonly OpenFinding[],
  { target, now }: { readonly target: Target; readonly now: Instant },
): readonly Finding[] =>
  lost
    .filter(
      ({ name, wasGoverned }) => wasGoverned && !isPassingTable(name) && !isKnown(name, openFindings, now),
    )
    .map((table) => findingOf(table, target, now));
