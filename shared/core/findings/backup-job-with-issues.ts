import { advise, type Command } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { BackupJob } from '../../model/job.ts';
import { isKeptByAwsBackup, parseVaultArn } from '../../model/vault-arn.ts';
import { pointTagValue } from '../../model/vault-tag.ts';
import { hasRoomForMark } from '../scene/mark-room.ts';
import { listJobsCommand, tagPointCommand } from '../text/commands.ts';
import { jobFix } from '../text/job-cause-text.ts';
import { quotedReason } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext, SeriesState } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-job-with-issues': true;
  }
}

const OWNED =
  'The recovery point is owned all the same, by the record of its job. Without that record it would be unproven, so give it back the tag that says whose it is:';

/** Puts the mark back that AWS Backup lost; none where the table had no room for it, or DynamoDB keeps the recovery point. */
const markCommands = (
  { confirmed, latestSlot: slot, policy, table }: SeriesState,
  { cause, recoveryPointId = '', vault }: BackupJob,
  { instance, observation }: CheckContext,
): readonly Command[] => {
  const home = parseVaultArn(vault);
  const tags = observation.tables.find(({ name }) => name === table)?.tags ?? {};
  if (cause !== 'tags' || confirmed === undefined || home === undefined) return [];
  if (!isKeptByAwsBackup(recoveryPointId) || !hasRoomForMark(tags)) return [];
  const origin = { instance, policy: policy.name, slot };
  const mark = pointTagValue({ origin, vault: home, tableId: confirmed.tableId });
  return [tagPointCommand(recoveryPointId, mark, home.target)];
};

const findingOf = (series: SeriesState, job: BackupJob, context: CheckContext): Finding => {
  const { policy, table } = series;
  const { cause, createdAt, id, message = 'AWS says nothing' } = job;
  const { target } = context.observation;
  const commands = markCommands(series, job, context);
  return {
    id: findingId('backup-job-with-issues', table, policy.name),
    kind: 'backup-job-with-issues',
    severity: 'warning',
    table,
    policy: policy.name,
    cause: `backup job: ${cause ?? 'unclassified'}`,
    fact: `The newest job of AWS Backup for ${table} under ${policy.name}, ${id}, completed with issues: ${quotedReason(message)}.`,
    measured: 'completed with issues',
    promised: 'completed',
    since: createdAt,
    ...advisedFor(
      table,
      (name) =>
        advise(
          `${jobFix(cause)} The recovery point is there and counts; whether it lacks something, only a restore shows.${commands.length === 0 ? '' : ` ${OWNED}`}`,
          ...commands,
          listJobsCommand(name, target),
        ),
      cause ?? 'unclassified',
    ),
  };
};

const find: Finder['find'] = (context) =>
  context.allSeries.flatMap((series) => {
    const last = series.jobs?.own.at(-1)?.job;
    return last?.state === 'completed' && last.cause !== undefined ? [findingOf(series, last, context)] : [];
  });

/** What is known of it wherever it is open. */
export const backupJobWithIssues: KindTraits<'backup-job-with-issues'> = {
  kind: 'backup-job-with-issues',
  title: 'backup job with issues',
  breaksPromise: false,
  facets: ['tags', 'vaults'],
};

/** Finds tables whose newest recovery point was made by a job that AWS Backup calls completed with issues. */
export const backupJobWithIssuesFinder: Finder<'backup-job-with-issues'> = {
  kind: 'backup-job-with-issues',
  findsFrom: ['vaults'],
  find,
};
