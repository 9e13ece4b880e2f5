import { type Begun, copiesBegunBy } from '../../truth/copies-begun.ts';
import { nowOf, type RunRecord } from '../../world/record.ts';
import type { Invariant } from '../invariant.ts';
import { couldKnowCopied } from '../life.ts';

const DAY_MS = 86_400_000;

/** AWS Backup deletes within hours of an end. */
const SLACK_MS = DAY_MS;

const isSamePlace = (one: Begun, other: Begun): boolean =>
  one.sourceArn === other.sourceArn && one.vaultArn === other.vaultArn && one.jobId !== other.jobId;

/** Whether what the place has of the table is about to go, so that its newest recovery point is copied there once more. */
const isLastGoing = (next: Begun, run: RunRecord, copied: readonly Begun[]): boolean => {
  const ofTable = new Set(
    copied
      .filter(
        ({ policy, table, vaultArn }) =>
          table.id === next.table.id && policy === next.policy && vaultArn === next.vaultArn,
      )
      .map(({ sourceArn }) => sourceArn),
  );
  const source = run.before.vaults.points.find(({ arn }) => arn === next.sourceArn);
  // Copies are dated as their sources are: an older state of the table is not its newest.
  const lasting = run.before.vaults.copies.filter(
    ({ createdAt, deletesAt, sourceArn, vaultArn }) =>
      vaultArn === next.vaultArn &&
      createdAt >= (source?.createdAt ?? 0) &&
      ofTable.has(sourceArn) &&
      sourceArn !== next.sourceArn &&
      deletesAt - nowOf(run) > 8 * DAY_MS + SLACK_MS,
  );
  const newest = Math.max(
    ...run.before.vaults.points
      .filter(({ policy, table }) => table.id === next.table.id && policy === next.policy)
      .filter(
        // What lost its mark may be nobody's for a run.
        ({ availableAt, form, isMarked, storage }) =>
          availableAt <= next.begunAt && form === 'advanced' && storage === 'WARM' && isMarked,
      )
      .map(({ createdAt }) => createdAt),
  );
  return lasting.length === 0 && source !== undefined && source.createdAt >= newest;
};

/** Whether a copy came to something, in the vault that is there: one that was destroyed took its copies along before their end. */
const cameToSomething = (run: RunRecord, { begunAt, jobId }: Begun): boolean =>
  run.before.vaults.copyJobs.some(
    ({ id, state, vaultMadeAt }) => id === jobId && state === 'COMPLETED' && vaultMadeAt <= begunAt,
  );

/** What is wrong with making a copy of which an earlier one came to something; undefined where nothing is. */
const wrongWith = (
  next: Begun,
  earlier: Begun,
  run: RunRecord,
  copied: readonly Begun[],
): string | undefined => {
  const alive = run.before.vaults.copies.filter(
    ({ sourceArn, vaultArn }) => sourceArn === next.sourceArn && vaultArn === next.vaultArn,
  );
  // A run whose clock is off takes what is over for deleted by somebody, and what lives for over.
  const left = earlier.endsAt - nowOf(run);
  if (left <= SLACK_MS) {
    const isMeant = earlier.rule !== next.rule || isLastGoing(next, run, copied);
    return isMeant ? undefined : `its copy by ${earlier.jobId} had its days`;
  }
  if (!alive.some(({ deletesAt }) => Math.abs(deletesAt - earlier.endsAt) < DAY_MS)) return undefined;
  if (alive.length > 1) return `${alive.length} copies of it are there`;
  if (left > (earlier.endsAt - earlier.begunAt) / 2 + SLACK_MS)
    return `more than half of the days of its copy by ${earlier.jobId} are left`;
  return isLastGoing(next, run, copied) ? undefined : `its copy by ${earlier.jobId} is there`;
};

/**
 * A recovery point is copied to a place at most once while its copy lives, and never again after it had its days there: but for the last one of a place while
 * backups stand still, once for each life, and where the rules of the place were changed. One that failed, or that somebody deleted, is made again.
 */
export const copiesOnce: Invariant = (run, life) =>
  copiesBegunBy(run).flatMap((next) => {
    const { copied } = life;
    const earlier = copied
      .filter((one) => isSamePlace(one, next) && cameToSomething(run, one))
      .filter(({ jobId, vaultArn }) => couldKnowCopied({ id: jobId, vaultArn }, run, life))
      .at(-1);
    const wrong = earlier && wrongWith(next, earlier, run, copied);
    return wrong === undefined
      ? []
      : [`${next.sourceArn} is copied to ${next.vaultArn} again, although ${wrong}`];
  });
