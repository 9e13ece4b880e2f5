import { TOLERANCE_MS } from '../../truth/own.ts';
import type { OwnJob } from '../../world/vault-log.ts';
import type { VaultScene } from '../../world/vault-scene.ts';
import type { Invariant } from '../invariant.ts';

const LOST = new Set(['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL']);
const KNOWN = new Set([...LOST, 'ABORTING', 'COMPLETED', 'CREATED', 'PENDING', 'RUNNING']);

const DAY_MS = 86_400_000;

type Then = VaultScene['jobs'][number];

const isOfSameSlot = (one: OwnJob, other: OwnJob): boolean =>
  one.job.id !== other.job.id &&
  one.policy === other.policy &&
  one.slot === other.slot &&
  one.tableId === other.tableId;

/** Whether a job may still make the recovery point of its slot, or has made one that is there. */
const standsIn =
  ({ points }: VaultScene, at: number) =>
  ({ job, state }: Then): boolean => {
    if (state === 'COMPLETED')
      return points.some(({ arn, status }) => arn === job.pointArn && status === 'ready');
    return KNOWN.has(state) ? !LOST.has(state) : at - job.createdAt < DAY_MS;
  };

/**
 * 7. One slot, one recovery point: AWS Backup is asked for no other one while a job for the slot is under way, or has made one that is there. What came to
 * nothing is asked for again, and so is what somebody took away, or what stays in a state that nobody knows; and what nothing proves to be anyone's: it has no
 * mark, and the run that asked for it could not note that. A job that was asked for before its slot, by a clock that runs ahead, is not of that slot.
 */
export const oneSlotOneJob: Invariant = ({ before, begun, later }, { unnoted }) => {
  const unmarked = new Set(later.vaults.points.filter(({ isMarked }) => !isMarked).map(({ arn }) => arn));
  const isProven = ({ job, slot }: Then): boolean =>
    slot <= job.createdAt + TOLERANCE_MS && !(unnoted.has(job.id) && unmarked.has(job.pointArn ?? ''));
  const known = new Map(before.vaults.jobs.map((one) => [one.job.id, one]));
  return begun.flatMap((made) => {
    const { createdAt, tableName } = made.job;
    const stood = standsIn(before.vaults, createdAt);
    const stands = standsIn(later.vaults, createdAt);
    return later.vaults.jobs
      .filter((one) => isOfSameSlot(one, made) && one.job.createdAt <= createdAt && isProven(one))
      .filter((one) => {
        const former = known.get(one.job.id);
        return stands(one) && (former === undefined || stood(former));
      })
      .map(
        ({ job, state }) =>
          `a job for ${tableName} under ${made.policy} was begun although ${job.id} of ${new Date(job.createdAt).toISOString()} is ${state}`,
      );
  });
};
