import { encryptionFromVault, isFromVault } from '../../core/restore/vault-terms.ts';
import type { Drill } from '../../model/drill.ts';
import { UserError } from '../../model/errors.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { JobWish, RestoredTable, RestoreJob } from '../../ports/restore.ts';
import { lookTwice } from '../restore/whose-table.ts';
import {
  type DrillDeps,
  type DrillVaults,
  end,
  failed,
  goOn,
  type Moved,
  type Underway,
  waitFor,
} from './deps.ts';
import { isReady, otherTableOf, seenUnready } from './restore-step.ts';
import { wantedOf } from './settings-step.ts';

/** AWS Backup states no limit, and cold storage adds hours. */
const LONGEST_MS = DAY_MS;

/** How long a job is asked for that is not begun. */
const PATIENCE_MS = DAY_MS;

/** How long a table is looked for that a job says it made. */
const UNSEEN_MS = HOUR_MS;

/** So far clocks may differ. */
const NEAR_MS = 5 * MINUTE_MS;

const NO_VAULTS = ownFailure('not-there', 'this deployment has no role for restores from vaults any more');

const wishOf = (
  { id, source, drillTable = '', overrides, askedAt }: Drill,
  { roleArn }: DrillVaults,
): JobWish => ({
  ...{ id, source, targetTable: drillTable, overrides, roleArn },
  ...(askedAt !== undefined && { askedAt }),
});

const accepted = (deps: DrillDeps, state: Underway, drill: Drill, jobId: string): Promise<Moved> =>
  goOn(deps, state, { ...drill, jobId, phase: 'started', acceptedAt: deps.clock.now() });

/** SAFETY: from a vault nothing starts whose encryption is not known. */
const termsOf = async (
  deps: DrillDeps,
  { restorer }: DrillVaults,
  drill: Drill,
): Promise<Drill | Failure> => {
  const { source, overrides } = drill;
  if (!isFromVault(source) || overrides.encryption !== undefined) return drill;
  const [read, manifest] = await Promise.all([restorer.readEncryption(source), wantedOf(deps, drill)]);
  if (read.kind === 'unreadable') return read.failure;
  const recorded = read.kind === 'found' ? read.value.encryption : undefined;
  const encryption = encryptionFromVault(source, undefined, { recorded, manifest });
  return encryption instanceof UserError
    ? ownFailure('key-not-given', encryption.content.what, { operation: 'StartRestoreJob' })
    : { ...drill, overrides: { ...overrides, encryption } };
};

const isOver = ({ plannedAt }: Drill, { clock }: DrillDeps): boolean =>
  clock.now() - plannedAt >= PATIENCE_MS;

/** SAFETY: the instant of the first call is written before it and stays, with the token of the record. */
const ask = async (deps: DrillDeps, parts: DrillVaults, state: Underway): Promise<Moved> => {
  const terms = await termsOf(deps, parts, state.current);
  if (!('phase' in terms))
    return isOver(state.current, deps) || terms.kind === 'own'
      ? await end(deps, state, failed(state.current, terms))
      : waitFor(state, terms);
  const current: Drill = { ...terms, askedAt: terms.askedAt ?? deps.clock.now() };
  const asked: Underway = { ...(await deps.states.save({ ...state, current })), current };
  const answer = await parts.restorer.start(wishOf(current, parts));
  if (answer.kind === 'accepted') return await accepted(deps, asked, current, answer.jobId);
  const isFirst = state.current.askedAt === undefined;
  return isFirst && answer.kind === 'refused'
    ? await end(deps, asked, failed(current, answer.failure))
    : waitFor(asked, answer.failure);
};

/** What a lost call made may still appear: its table is looked for, and deleted where it is proved to be its own. */
const askAgain = async (deps: DrillDeps, parts: DrillVaults, state: Underway): Promise<Moved> => {
  const { current } = state;
  const found = await parts.restorer.find(wishOf(current, parts));
  if (found.kind === 'unreadable') return waitFor(state, found.failure);
  if (found.kind === 'found') return await accepted(deps, state, current, found.value.id);
  if (!isOver(current, deps)) return await ask(deps, parts, state);
  const never = ownFailure('not-there', 'a restore job was asked for, and AWS Backup knows of none');
  return await goOn(deps, state, { ...failed(current, never), phase: 'deleting' });
};

/** Starts the job that restores from a vault. SAFETY: never into a name that a table has. */
export const startVaultDrill = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  if (deps.vaults === undefined)
    return isOver(current, deps)
      ? await end(deps, state, failed(current, NO_VAULTS))
      : waitFor(state, NO_VAULTS);
  if (current.askedAt !== undefined) return await askAgain(deps, deps.vaults, state);
  const looked = await deps.restorer.look(current.drillTable ?? '');
  if (looked.kind === 'unreadable') return waitFor(state, looked.failure);
  return looked.kind === 'missing'
    ? await ask(deps, deps.vaults, state)
    : await end(deps, state, failed(current, otherTableOf(current)));
};

/** SAFETY: only a table that was made while the job ran, under the name that the job was given. */
const isMade = ({ createdAt }: RestoredTable, job: RestoreJob, { drillTable }: Drill): boolean =>
  (job.table ?? drillTable) === drillTable &&
  createdAt >= job.createdAt - NEAR_MS &&
  createdAt <= (job.endedAt ?? Number.POSITIVE_INFINITY) + NEAR_MS;

const NOTHING: readonly RestoreJob['state'][] = ['aborted', 'expired', 'failed', 'partial'];

const cameToNothing = ({ id, state, message }: RestoreJob): Failure =>
  ownFailure(
    'job-failed',
    `the restore job ${id} ended as ${state}: ${message ?? 'AWS Backup says nothing'}`,
    {
      operation: 'StartRestoreJob',
    },
  );

const remove = (deps: DrillDeps, state: Underway, drill: Drill): Promise<Moved> =>
  goOn(deps, state, { ...drill, phase: 'deleting' });

const onGoing = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const isTooLong = deps.clock.now() - (current.acceptedAt ?? 0) > LONGEST_MS;
  if (current.result !== undefined) return waitFor(state);
  if (!isTooLong) return await seenUnready(deps, state, deps.clock.now());
  const tooLong = ownFailure('not-ready', `the restore to ${current.drillTable} has not ended within a day`);
  const late = failed(current, tooLong);
  return waitFor({ ...(await deps.states.save({ ...state, current: late })), current: late });
};

const onMissing = async (deps: DrillDeps, state: Underway, job: RestoreJob): Promise<Moved> => {
  const { current } = state;
  const now = deps.clock.now();
  const gone = { ...current, goneAt: now };
  if (NOTHING.includes(job.state)) return await end(deps, state, failed(gone, cameToNothing(job)));
  if (job.state !== 'completed') return await onGoing(deps, state);
  if (current.seenAt === undefined && now - (job.endedAt ?? now) < UNSEEN_MS) return waitFor(state);
  return await end(
    deps,
    state,
    failed(gone, ownFailure('not-there', `the table ${current.drillTable} is gone`)),
  );
};

/** AWS Backup says when a job ended; a table says only what it is now. */
const readyTimes = ({ endedAt }: RestoreJob, now: Instant): Pick<Drill, 'activeAt' | 'unreadyAt'> =>
  endedAt === undefined ? { activeAt: now } : { activeAt: endedAt, unreadyAt: endedAt };

const onFound = async (
  deps: DrillDeps,
  state: Underway,
  job: RestoreJob,
  table: RestoredTable,
): Promise<Moved> => {
  const { current } = state;
  const isItsOwn =
    current.drillTableId === undefined ? isMade(table, job, current) : current.drillTableId === table.tableId;
  if (!isItsOwn) return await end(deps, state, failed(current, otherTableOf(current)));
  if (current.seenAt === undefined)
    return await goOn(deps, state, { ...current, drillTableId: table.tableId, seenAt: deps.clock.now() });
  if (NOTHING.includes(job.state)) return await remove(deps, state, failed(current, cameToNothing(job)));
  if (job.state !== 'completed') return await onGoing(deps, state);
  if (current.result !== undefined) return await remove(deps, state, current);
  const now = deps.clock.now();
  if (!isReady(table)) return await seenUnready(deps, state, now);
  return await goOn(deps, state, { ...current, phase: 'active', ...readyTimes(job, now) });
};

/** AWS forgets a job after a while. What it made is still there, and goes once it is proved to be the drill's: its name was drawn by lot. */
const onForgotten = (deps: DrillDeps, state: Underway): Promise<Moved> =>
  remove(
    deps,
    state,
    failed(state.current, ownFailure('not-there', 'AWS Backup knows the restore job no more')),
  );

/** Looks how a job that restores from a vault stands. SAFETY: remembers the id of what it makes as soon as that is seen. */
export const followVaultDrill = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  if (deps.vaults === undefined) return waitFor(state, NO_VAULTS);
  const { jobId = '', drillTable = '' } = state.current;
  const job = await deps.vaults.restorer.look(jobId);
  if (job.kind === 'unreadable') return waitFor(state, job.failure);
  if (job.kind === 'missing') return await onForgotten(deps, state);
  const looked = await lookTwice(deps, drillTable);
  if (looked.kind === 'unreadable') return waitFor(state, looked.failure);
  return looked.kind === 'found'
    ? await onFound(deps, state, job.value, looked.value)
    : await onMissing(deps, state, job.value);
};
