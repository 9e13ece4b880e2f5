import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { BackupJob } from '../../model/job.ts';
import { isLost } from '../scene/attempts.ts';
import { listJobsCommand } from '../text/commands.ts';
import { jobFix } from '../text/job-cause-text.ts';
import { utcText } from '../text/time.ts';
import { counted, quotedReason } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext, SeriesState } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-job-failed': true;
  }
}

/** A recovery point of the slot that is there, or on its way, makes up for the jobs before it. */
const isMade = ({ points, latestSlot }: SeriesState): boolean =>
  points.some(
    ({ recoveryPoint: { status }, slot }) =>
      slot === latestSlot && (status === 'available' || status === 'unknown'),
  );

const findingOf = (
  { latestSlot, policy, table }: SeriesState,
  lost: readonly BackupJob[],
  last: BackupJob,
  { observation: { target } }: CheckContext,
): Finding => ({
  id: findingId('backup-job-failed', table, policy.name),
  kind: 'backup-job-failed',
  severity: 'warning',
  table,
  policy: policy.name,
  cause: `backup job: ${last.cause ?? 'unclassified'}`,
  fact: `${counted(lost.length, 'job')} of AWS Backup for ${table} under ${policy.name}, slot ${utcText(latestSlot)}, came to nothing. The last one, ${last.id}, is ${last.state.toUpperCase()}: ${quotedReason(last.message ?? 'AWS says nothing')}.`,
  measured: `${counted(lost.length, 'job')} lost`,
  promised: 'one recovery point for each slot',
  since: lost[0]?.createdAt ?? last.createdAt,
  ...advisedFor(
    table,
    (name) =>
      advise(
        `${jobFix(last.cause)} AWS Backup repeats no job that failed; another one is begun by a later run, at once or a day later.`,
        listJobsCommand(name, target),
      ),
    last.cause ?? 'unclassified',
  ),
});

const find: Finder['find'] = (context) =>
  context.allSeries.flatMap((series) => {
    const lost = (series.jobs?.own ?? []).map(({ job }) => job).filter(isLost);
    const last = lost.at(-1);
    return last === undefined || isMade(series) ? [] : [findingOf(series, lost, last, context)];
  });

/** What is known of it wherever it is open. */
export const backupJobFailed: KindTraits<'backup-job-failed'> = {
  kind: 'backup-job-failed',
  title: 'backup job failed',
  stopsExpiry: true,
  facets: ['tags', 'vaults'],
};

/**
 * Finds tables whose jobs for the latest slot failed, expired, were stopped or left something out, while nothing was made of it. SAFETY: nothing of
 * such a table expires.
 */
export const backupJobFailedFinder: Finder<'backup-job-failed'> = {
  kind: 'backup-job-failed',
  findsFrom: ['vaults'],
  find,
};
