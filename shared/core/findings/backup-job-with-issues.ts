import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { BackupJob } from '../../model/job.ts';
import { listJobsCommand } from '../text/commands.ts';
import { jobFix } from '../text/job-cause-text.ts';
import { quotedReason } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext, StreamState } from './context.ts';
import type { ObservedKind } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-job-with-issues': true;
  }
}

const findingOf = (
  { policy, table }: StreamState,
  { cause, createdAt, id, message = 'AWS says nothing' }: BackupJob,
  { observation: { target } }: CheckContext,
): Finding => ({
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
        `${jobFix(cause)} The recovery point is there and counts; whether it lacks something, only a restore shows.`,
        listJobsCommand(name, target),
      ),
    cause ?? 'unclassified',
  ),
});

const find: ObservedKind['find'] = (context) =>
  context.streams.flatMap((stream) => {
    const last = stream.jobs?.own.at(-1)?.job;
    return last?.state === 'completed' && last.cause !== undefined ? [findingOf(stream, last, context)] : [];
  });

/** Finds tables whose newest recovery point was made by a job that AWS Backup calls completed with issues. */
export const backupJobWithIssues: ObservedKind<'backup-job-with-issues'> = {
  kind: 'backup-job-with-issues',
  title: 'backup job with issues',
  breaksPromise: false,
  facets: ['tags', 'vaults'],
  findsFrom: ['vaults'],
  find,
};
