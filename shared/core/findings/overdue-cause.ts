import { type Advice, advise } from '../../model/advice.ts';
import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Deferral, Memory, OpenFinding } from '../../model/memory.ts';
import type { Target } from '../../model/target.ts';
import { describeTableCommand, explainCommand, runCommand, whoCalledCommand } from '../text/commands.ts';
import { shortHash } from '../text/digest.ts';
import { utcText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { STUCK_AFTER_MS } from './backup-stuck.ts';
import type { SeriesState } from './context.ts';

/**
 * Advises what to do about an overdue recovery point: wait when the cause passes by itself, or what helps if it lasts.
 * `action` is used when the cause is unknown.
 */
export const overdueAdvice = (
  { kind }: Pick<OverdueCause, 'kind'>,
  action: string,
  table: string,
  target: Target,
): Advice => {
  switch (kind) {
    case 'throttled':
      return advise(
        'AWS lets through fewer backups than are due. Every run tries again, the most overdue first, so nothing has to be done unless it ' +
          'lasts. Then see who else makes backups here:',
        whoCalledCommand('CreateBackup', target),
        explainCommand(table),
      );
    case 'out-of-time':
      return advise(
        'Every run goes on with the most overdue. If it lasts, deploy with a backupRate of more runs, or spread the schedules:',
        explainCommand(table),
      );
    case 'put-off':
      return advise(
        "Every run tries again, and the reason is AWS's own. See the state of the table:",
        explainCommand(table),
        describeTableCommand(table, target),
      );
    case 'on-its-way':
      return advise('Nothing has to be done unless it takes hours:', explainCommand(table));
    default:
      return advise(action, explainCommand(table), runCommand('backup'));
  }
};

/** Why there is no newer recovery point, as far as known. */
export interface OverdueCause extends Pick<Finding, 'cause' | 'errorName'> {
  /** A complete sentence; empty when nothing is known. */
  readonly fact: string;
  readonly kind: 'failing' | 'on-its-way' | 'throttled' | 'out-of-time' | 'put-off' | 'unknown';
}

/** Findings of earlier runs about one series. */
export interface Before {
  /** Its backups fail. */
  readonly failing: OpenFinding | undefined;
  /** It was overdue before. */
  readonly overdue: OpenFinding | undefined;
}

/** How long a deferral by the last backup run counts: if it is a day old, the function no longer runs. */
const FRESH_MS = DAY_MS;

const failingCause = ({ cause, errorName }: OpenFinding): OverdueCause => ({
  kind: 'failing',
  ...(cause !== undefined && { cause }),
  ...(errorName !== undefined && { errorName }),
  fact: `Its backups fail${cause === undefined ? '' : `: ${cause}`}.`,
});

/** Describes a recovery point that is being made; the cause stays the one that delayed it. */
const onItsWayCause = (madeSince: Instant, overdue: OpenFinding | undefined): OverdueCause => ({
  kind: 'on-its-way',
  cause: overdue?.cause ?? 'one is being made',
  ...(overdue?.errorName !== undefined && { errorName: overdue.errorName }),
  fact: `One is being made since ${utcText(madeSince)}.`,
});

const putOffCause = (
  { kind, cause, errorName, backups, since }: Deferral,
  deferredAt: Instant,
): OverdueCause => ({
  kind: kind === 'other' ? 'put-off' : kind,
  cause,
  ...(errorName !== undefined && { errorName }),
  fact:
    `The backup run of ${utcText(deferredAt)} had to put off ${counted(backups, 'backup')}: ${cause}.` +
    (since < deferredAt ? ` So did every run since ${utcText(since)}.` : ''),
});

/** Checks whether a recovery point is being made, and not for too long. */
export const isOnItsWay = ({ newestCreating }: SeriesState, now: Instant): boolean =>
  newestCreating !== undefined && now - newestCreating.createdAt <= STUCK_AFTER_MS;

type Teller = (series: SeriesState, before: Before) => OverdueCause;

/**
 * Explains why a series has no newer recovery point: its backups fail, one is being made, or the last backup run had to
 * defer it, with the reason, how many others, and since when. A deferral counts for a day; after that, and when nothing
 * is known, the cause is that no backup was made, the same for many tables.
 */
export const overdueCauses = ({ deferred }: Memory, now: Instant): Teller => {
  const isFresh = deferred !== undefined && now - deferred.deferredAt <= FRESH_MS;
  const known = isFresh
    ? deferred.deferrals.map((deferral) => ({ deferral, marks: new Set(deferral.marks) }))
    : [];
  return (series, { failing, overdue }) => {
    if (failing !== undefined) return failingCause(failing);
    const { newestCreating, table, policy } = series;
    if (newestCreating !== undefined && isOnItsWay(series, now))
      return onItsWayCause(newestCreating.createdAt, overdue);
    const mark = shortHash(table, policy.name);
    const found = known.find(({ marks }) => marks.has(mark));
    return found === undefined || deferred === undefined
      ? { kind: 'unknown', cause: 'no backup was made', fact: '' }
      : putOffCause(found.deferral, deferred.deferredAt);
  };
};
