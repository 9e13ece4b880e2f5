import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Job, JobState } from '../../model/job.ts';
import { vaultSight } from '../scene/vault-jobs.ts';
import { listJobsCommand } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'job-stuck': true;
  }
}

/**
 * How long a job may be in a state before people hear of it, in milliseconds. AWS ends a backup that is not begun; a copy waits without an end, and
 * after two hours AWS's own people look at it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html (not verified)
 */
const PATIENCE: Readonly<Partial<Record<JobState, number>>> = {
  waiting: 9 * HOUR_MS,
  running: 2 * DAY_MS,
  unknown: DAY_MS,
};

const WORDS: Readonly<Partial<Record<JobState, string>>> = {
  waiting: 'waits to be begun',
  running: 'is running',
  unknown: 'is in a state that this version does not know',
};

const isStuck = ({ createdAt, isOwn, state }: Job, now: Instant): boolean =>
  isOwn && now - createdAt > (PATIENCE[state] ?? Number.POSITIVE_INFINITY);

const findingOf = (table: string, stuck: readonly Job[], oldest: Job, context: CheckContext): Finding => {
  const { now, observation } = context;
  const { createdAt, id, kind, state } = oldest;
  const age = ageText(now - createdAt);
  const more = stuck.length === 1 ? '' : ` So are ${stuck.length - 1} more of its jobs.`;
  return {
    id: findingId('job-stuck', table),
    kind: 'job-stuck',
    severity: 'warning',
    table,
    fact: `The ${kind} job ${id} of ${table} ${WORDS[state] ?? 'goes on'} since ${utcText(createdAt)}, for ${age}.${more}`,
    measured: `${age} in one state`,
    promised: 'begun and ended',
    since: createdAt,
    ...advisedFor(
      table,
      (name) =>
        advise(
          kind === 'copy'
            ? 'AWS Backup ends no copy that waits, and nobody can stop one: see what else is copied there, and ask AWS Support if it lasts. Its source is kept meanwhile.'
            : 'See what else has the table, and ask AWS Support if it lasts:',
          listJobsCommand(name, observation.target, kind),
        ),
      `${kind} ${state}`,
    ),
  };
};

const find: Finder['find'] = (context) => {
  const { jobsOf } = vaultSight(context.observation, context.memory);
  return context.governed.flatMap(({ policies, table: { name } }) => {
    const stuck = policies.length === 0 ? [] : jobsOf(name).filter((job) => isStuck(job, context.now));
    const oldest = stuck.toSorted((a, b) => a.createdAt - b.createdAt)[0];
    return oldest === undefined ? [] : [findingOf(name, stuck, oldest, context)];
  });
};

/** What is known of it wherever it is open. */
export const jobStuck: KindTraits<'job-stuck'> = {
  kind: 'job-stuck',
  title: 'job stuck',
  breaksPromise: false,
  facets: ['tags', 'vaults'],
};

/** Finds tables of which a job of this deployment waits or runs for too long. */
export const jobStuckFinder: Finder<'job-stuck'> = {
  kind: 'job-stuck',
  findsFrom: ['vaults'],
  find,
};
