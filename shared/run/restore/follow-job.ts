import { restoreOfCommand } from '../../core/text/commands.ts';
import { advise } from '../../model/advice.ts';
import { type Failure, failureText, ownFailure } from '../../model/failure.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { RestoredTable, RestoreJob } from '../../ports/restore.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved, type Unfinished } from './deps.ts';
import { isDenied, lookTwice, otherTable } from './whose-table.ts';

/** A warm restore takes minutes, a cold one hours. */
const LOOK_EVERY_MS = 20 * SECOND_MS;

/** For how long nothing may be read, and for how long a table that was made may not be seen. */
const PATIENCE_MS = 15 * MINUTE_MS;

/** So far clocks may differ. */
const NEAR_MS = 5 * MINUTE_MS;

const cameToNothing = ({ id, state, cause, message }: RestoreJob, { targetTable }: RestoreRecord): Failure =>
  ownFailure(
    'job-failed',
    `the restore job ${id} ended as ${state} (${cause ?? 'unclassified'}), in AWS's words: ${message ?? 'none'}. If a table ${targetTable} is there, it is not whole and stays as it is`,
    { operation: 'StartRestoreJob' },
  );

const isMade = (
  table: RestoredTable,
  job: RestoreJob,
  { targetTable, askedAt = 0 }: RestoreRecord,
): boolean =>
  (job.table ?? targetTable) === targetTable &&
  table.createdAt >= askedAt - NEAR_MS &&
  table.createdAt <= (job.endedAt ?? Number.POSITIVE_INFINITY) + NEAR_MS;

/** SAFETY: only the job says which table it made, by name and when; from then on only the id counts. */
const onCompleted = async (deps: RestoreDeps, record: RestoreRecord, job: RestoreJob): Promise<Stretch> => {
  const looked = await lookTwice(deps, record.targetTable);
  if (looked.kind === 'unreadable' && isDenied(looked.failure))
    return { kind: 'unfinished', record, why: failureText(looked.failure) };
  if (looked.kind !== 'found') return { kind: 'on', record };
  if (!isMade(looked.value, job, record)) return await endedFailed(deps, record, otherTable(record));
  const { tableId } = looked.value;
  const seen = await saved(deps, { ...record, targetTableId: tableId, seenAt: deps.clock.now() });
  return { kind: 'on', record: seen };
};

const NOTHING: readonly RestoreJob['state'][] = ['aborted', 'expired', 'failed', 'partial'];

const onJob = async (deps: RestoreDeps, record: RestoreRecord, job: RestoreJob): Promise<Stretch> => {
  if (NOTHING.includes(job.state)) return await endedFailed(deps, record, cameToNothing(job, record));
  if (job.state === 'completed') return await onCompleted(deps, record, job);
  deps.onProgress({ record, now: deps.clock.now(), status: `job ${job.state}` });
  return { kind: 'on', record };
};

const forgotten = (record: RestoreRecord): Unfinished => ({
  kind: 'unfinished',
  record,
  why: `AWS Backup knows no restore job ${record.jobId ?? ''} any more, so that nothing says whose the table ${record.targetTable} is`,
  fix: advise('To forget the restore, which deletes nothing:', restoreOfCommand('--give-up', record)),
});

/** `since`: when something was last read of a job that goes on. */
const step = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  looked: Reading<RestoreJob>,
  since: Instant,
): Promise<Stretch> => {
  const now = deps.clock.now();
  if (looked.kind === 'found' && !(looked.value.state === 'completed' && now - since >= PATIENCE_MS))
    return await onJob(deps, record, looked.value);
  if (looked.kind === 'found')
    return {
      kind: 'unfinished',
      record,
      why: `AWS Backup says that ${record.targetTable} is restored, and it is not to be seen`,
    };
  if (looked.kind === 'missing')
    return now - since < PATIENCE_MS ? { kind: 'on', record } : forgotten(record);
  const why = failureText(looked.failure);
  deps.onProgress({ record, now, waitsFor: why });
  return isDenied(looked.failure) || now - since >= PATIENCE_MS
    ? { kind: 'unfinished', record, why }
    : { kind: 'on', record };
};

const isGoingOn = (looked: Reading<RestoreJob>): boolean =>
  looked.kind === 'found' && looked.value.state !== 'completed';

/**
 * Follows the job of AWS Backup that makes a table, until it has ended and its table is known by its id. Ends at once where looking is denied, and
 * leaves to a later session what cannot be read for a quarter of an hour.
 */
export const followJob = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Stretch> => {
  const { clock, vaultRestorer } = deps;
  let since = clock.now();
  let record = begun;
  for (;;) {
    const looked = await vaultRestorer.look(record.jobId ?? '');
    if (isGoingOn(looked)) since = clock.now();
    const next = await step(deps, record, looked, since);
    if (next.kind !== 'on' || next.record.targetTableId !== undefined) return next;
    record = next.record;
    await clock.sleep(LOOK_EVERY_MS);
  }
};
