import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Done, Outcome } from '../../model/outcome.ts';
import type { KnownCopy, VaultRecord } from '../../model/vault-record.ts';
import { endOfEarlier } from '../scene/copy-status.ts';
import { byRecordedTable } from './vault-records.ts';

type Started = Done & Required<Pick<Done, 'job'>>;

const isHeld = ({ action, status, ...rest }: Outcome): boolean =>
  action.kind === 'expire' &&
  status === 'deferred' &&
  'failure' in rest &&
  rest.failure.kind === 'own' &&
  rest.failure.code === 'held';

/** Notes what AWS Backup would not delete, so that it is not asked every day. */
const withHeld = (record: VaultRecord, outcomes: readonly Outcome[], now: Instant): VaultRecord => {
  const held = new Set(
    outcomes.flatMap(({ action }) => (action.kind === 'expire' ? [action.recoveryPoint.id] : [])),
  );
  const points = record.points.map((point) => (held.has(point.id) ? { ...point, heldAt: now } : point));
  return { ...record, points };
};

const isStarted = (outcome: Outcome): outcome is Started =>
  outcome.status === 'done' && outcome.job !== undefined;

const withAttempt = (record: VaultRecord, { action, job }: Started): VaultRecord => {
  if (action.kind !== 'create' || action.job === undefined) return record;
  const { policy, slot, tableId } = action;
  const attempt = {
    jobId: job.id,
    policy,
    slot,
    tableId,
    attempt: action.job.attempt,
    startedAt: job.startedAt,
  };
  const others = (record.attempts ?? []).filter(({ jobId }) => jobId !== job.id);
  return { ...record, attempts: [...others, attempt] };
};

const withCopy = (record: VaultRecord, { action, job }: Started): VaultRecord => {
  if (action.kind !== 'copy') return record;
  const { attempt, deleteAfterDays, destination: vault, recoveryPoint } = action;
  const deletesAt = recoveryPoint.createdAt + deleteAfterDays * DAY_MS;
  const before = record.points
    .find(({ id }) => id === recoveryPoint.id)
    ?.copies?.find((one) => one.vault === vault);
  const until = endOfEarlier(before);
  const copy: KnownCopy = {
    vault,
    attempt,
    jobId: job.id,
    state: 'waiting',
    startedAt: job.startedAt,
    deletesAt,
    ...(until !== undefined && { hadUntil: until }),
  };
  const points = record.points.map((point) =>
    point.id === recoveryPoint.id
      ? { ...point, copies: [...(point.copies ?? []).filter((one) => one.vault !== vault), copy] }
      : point,
  );
  return { ...record, points };
};

/** Adds what came of a run: the jobs that it began, so that the next one knows for which slot and how often each was tried, and what was held. */
export const withOutcomes = (
  records: readonly VaultRecord[] | undefined,
  outcomes: readonly Outcome[],
  now: Instant,
): readonly VaultRecord[] | undefined => {
  const started = outcomes.filter(isStarted);
  const held = Map.groupBy(outcomes.filter(isHeld), ({ action }) => action.table);
  if (started.length + held.size === 0) return records;
  const all = new Map(records?.map((record) => [record.recordedTable, record]));
  for (const outcome of started) {
    const { table } = outcome.action;
    const record = all.get(table) ?? { recordedTable: table, version: 1, points: [] };
    all.set(table, withCopy(withAttempt(record, outcome), outcome));
  }
  for (const [table, ofTable] of held) {
    const record = all.get(table);
    if (record !== undefined) all.set(table, withHeld(record, ofTable, now));
  }
  return [...all.values()].toSorted(byRecordedTable);
};
