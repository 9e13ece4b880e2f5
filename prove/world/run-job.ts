import type { World } from './deployment.ts';
import { invoke } from './invoke.ts';
import type { Job } from './job.ts';
import { messagesSince } from './messages.ts';
import type { CallRecord, RunRecord, Scene } from './record.ts';
import { sceneOf } from './scene.ts';
import type { VaultScene, VaultThen } from './vault-scene.ts';
import { vaultWork } from './vault-work.ts';

const eventAheadOf = (job: Job): number => (job.mode === 'hint' ? 0 : (job.trouble?.eventAheadMs ?? 0));

const haveMoved = (before: Scene, after: Scene): boolean =>
  before.tables.some(({ tags }, index) => tags !== after.tables[index]?.tags);

/** Both as they were, what was ready at either end as ready. */
const bothOf = (before: VaultScene, after: VaultScene): VaultScene => {
  const points = new Map<string, VaultThen>(after.points.map((point) => [point.arn, point]));
  for (const point of before.points)
    if (point.status === 'ready' || !points.has(point.arn)) points.set(point.arn, point);
  return { ...after, points: [...points.values()] };
};

/** Runs a job in the nth container of its function, and returns what it did. */
export const runJob = async (
  world: World,
  job: Job,
  nth: number,
  overlapped: boolean,
): Promise<RunRecord> => {
  const container = world.container(job.mode, nth);
  container.skewMs = job.trouble?.skewMs ?? 0;
  const before = sceneOf(world);
  const calls: CallRecord[] = [];
  const { ledger, inbox } = world.account;
  const [entriesBefore, messagesBefore] = [ledger.entries.length, inbox.messages.length];
  const ending = await invoke(world, container, job, calls);
  // The second look is for what its jobs have begun.
  const seen = sceneOf(world);
  const work = vaultWork(world, calls, before, seen);
  const after = work.begun.length + work.copied.length === 0 ? seen : sceneOf(world);
  const { backups, at: endedAt } = after;
  const later = {
    ...before,
    at: endedAt,
    backups: [...new Set([...before.backups, ...backups])],
    vaults: bothOf(before.vaults, after.vaults),
  };
  const { documents, digests } = messagesSince(world, messagesBefore);
  const mine = ledger.entries
    .slice(entriesBefore)
    // What becomes of vaults comes later than the call for it.
    .filter((entry) => !('vault' in entry && entry.vault !== undefined))
    .filter((entry) => 'by' in entry && entry.by.accessKeyId === container.accessKeyId);
  return {
    ...ending,
    runId: job.runId,
    mode: job.mode,
    before,
    later,
    endedAt,
    skewMs: container.skewMs,
    eventAheadMs: eventAheadOf(job),
    tagsMoved: haveMoved(before, after),
    overlapped,
    approved: job.mode !== 'hint' && job.approvedDigest !== undefined,
    calls,
    made: mine.filter((entry) => entry.kind === 'recovery-point-made'),
    deleted: [...mine.filter((entry) => entry.kind === 'recovery-point-deleted'), ...work.deleted],
    begun: work.begun,
    copied: work.copied,
    pitrChanged: mine.filter((entry) => entry.kind === 'pitr-changed'),
    told: documents.filter(({ alert }) => alert.runId === job.runId),
    digests,
  };
};
