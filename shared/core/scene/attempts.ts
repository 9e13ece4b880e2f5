import { type OwnFailure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import { isGoingOn, type Job, type JobCause, type JobState } from '../../model/job.ts';
import { counted } from '../text/words.ts';

/** One attempt that is over, or goes on. */
export interface Attempt {
  /** The job's; absent where only its outcome is remembered. */
  readonly id?: string | undefined;
  readonly state: JobState;
  readonly createdAt: Instant;
  readonly endedAt?: Instant | undefined;
  readonly cause?: JobCause | undefined;
  readonly message?: string | undefined;
}

/** So many attempts follow each other run by run; those after that are a day apart. */
const QUICK_ATTEMPTS = 3;

const PATIENCE_MS = DAY_MS;

/** What no second attempt cures while nobody changes anything. */
const STANDING: readonly (JobCause | undefined)[] = [
  'permission',
  'role',
  'key',
  'tags',
  'retention',
  'vault-missing',
  'organization',
  'destination',
  'unsupported',
  'stopped',
];

/** Whether an attempt is over and came to nothing. */
export const isLost = ({ state }: Pick<Attempt, 'state'>): boolean =>
  !isGoingOn(state) && state !== 'completed';

/** Returns what an attempt waits for after those before it, oldest first: AWS repeats none of its own, and what nobody fixed fails again. */
export const retryWait = (attempts: readonly Attempt[], now: Instant): OwnFailure | undefined => {
  const lost = attempts.filter(isLost);
  const last = lost.at(-1);
  if (last === undefined) return undefined;
  const isQuick = lost.length < QUICK_ATTEMPTS && !STANDING.includes(last.cause);
  const nextAt = (last.endedAt ?? last.createdAt) + PATIENCE_MS;
  if (isQuick || now >= nextAt) return undefined;
  const words = last.message === undefined ? '' : ` (${last.message})`;
  return ownFailure(
    'job-failed',
    `${counted(lost.length, 'attempt')} failed${words}; the next one is due at ${isoInstant(nextAt)}`,
  );
};

/** Says whose job has a table, as what others wait for. */
export const waitsFor = ({ createdAt, id, isOwn, kind, plan }: Job): OwnFailure => {
  const what = kind === 'copy' ? 'copies a recovery point of it' : 'is backing it up';
  const whose =
    plan === undefined ? `the ${isOwn ? 'job' : 'on-demand job'} ${id}` : `the backup plan ${plan}`;
  return ownFailure('job-going-on', `${whose} ${what} since ${isoInstant(createdAt)}`);
};
