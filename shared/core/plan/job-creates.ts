import type { CopyAction, CreateAction, JobRequest } from '../../model/action.ts';
import { type OwnFailure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Observation } from '../../model/observation.ts';
import type { TableTags } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { pointTagValue } from '../../model/vault-tag.ts';
import { retryWait, waitsFor } from '../scene/attempts.ts';
import { hasRoomForMark } from '../scene/mark-room.ts';
import type { Series } from '../scene/series.ts';
import { isUnderWay } from '../scene/vault-jobs.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';
import { daysText } from '../text/time.ts';

/** What a job for a series is asked with, and what it waits for. */
export interface JobTerms {
  readonly job: JobRequest;
  readonly waits?: OwnFailure;
}

/** What the job of a series depends on besides the series. */
export interface JobSurroundings {
  readonly instance: string;
  readonly target: Target;
  readonly now: Instant;
  readonly tagsOf: (table: string) => TableTags;
}

/**
 * Decides how AWS Backup is asked for the recovery point of the latest slot; undefined for a series of another engine. A job of anyone's that has
 * the table is waited for, because AWS Backup would let the new one wait and end it unmade.
 */
export const jobTermsOf = (
  { confirmed, jobs, latestSlot: slot, policy, table }: Series,
  { instance, now, tagsOf, target }: JobSurroundings,
): JobTerms | undefined => {
  const { vault } = policy;
  if (vault === undefined || confirmed === undefined) return undefined;
  const own = jobs?.own ?? [];
  const attempt = 1 + (jobs?.attempts ?? 0);
  const mark = pointTagValue({
    origin: { instance, policy: policy.name, slot },
    vault: { target, name: vault.name },
    tableId: confirmed.tableId,
  });
  const { coldAfterDays, completeWindowMinutes, deleteAfterDays, name, startWindowMinutes } = vault;
  const waits =
    jobs?.other === undefined
      ? retryWait(
          own.map(({ job }) => job),
          now,
        )
      : waitsFor(jobs.other);
  return {
    job: {
      vault: name,
      attempt,
      ...(hasRoomForMark(tagsOf(table)) && { mark }),
      ...(coldAfterDays !== undefined && { coldAfterDays }),
      ...(deleteAfterDays !== undefined && { deleteAfterDays }),
      startWindowMinutes,
      ...(completeWindowMinutes !== undefined && { completeWindowMinutes }),
    },
    ...(waits !== undefined && { waits }),
  };
};

/**
 * Lets one job for each table go, the most urgent: AWS Backup runs one at a time, and ends those that wait for too long unmade. The others are due
 * again at the next run.
 */
export const oneJobEach = (creates: readonly CreateAction[]): readonly CreateAction[] => {
  const first = new Map<string, CreateAction>();
  for (const action of creates) {
    const known = first.get(action.table);
    if (action.job === undefined || action.waits !== undefined) continue;
    if (known === undefined || action.urgency > known.urgency) first.set(action.table, action);
  }
  return creates.map((action) => {
    const other = first.get(action.table);
    if (action.job === undefined || action.waits !== undefined || other === undefined || other === action)
      return action;
    const why = `the job for ${other.policy} begins in this run, and AWS Backup runs one for each table at a time`;
    return { ...action, waits: ownFailure('job-going-on', why) };
  });
};

const placeText = (vault: string): string => {
  const { target, name } = parseVaultArn(vault) ?? {};
  return target === undefined ? vault : `${name} in ${target.region} of account ${target.accountId}`;
};

const reasonOf = ({ destination, isLast, source, terms }: WantedCopy): string => {
  const until = source.createdAt + terms.deleteAfterDays * DAY_MS;
  const what = isLast === true ? 'the last one' : 'wanted';
  return `${what} in ${placeText(destination.vaultArn)}; ${terms.rule} keeps it ${daysText(terms.deleteAfterDays)} from ${isoInstant(source.createdAt)}, until ${isoInstant(until)}`;
};

const copyActionOf = (copy: WantedCopy, now: Instant): readonly CopyAction[] => {
  const { attempts, destination, policy, source, status, table, terms } = copy;
  if (status.kind !== 'missing') return [];
  const waits = retryWait(status.attempts, now);
  const { coldAfterDays } = destination;
  return [
    {
      kind: 'copy',
      engine: 'aws-backup',
      table,
      policy: policy.name,
      recoveryPoint: source,
      destination: destination.vaultArn,
      attempt: attempts + 1,
      ...(coldAfterDays !== undefined && { coldAfterDays }),
      deleteAfterDays: terms.deleteAfterDays,
      ...(waits !== undefined && { waits }),
      reason: reasonOf(copy),
    },
  ];
};

/**
 * AWS Backup runs one copy of a table at a time, and fails those that are too many.
 * @see https://docs.aws.amazon.com/general/latest/gr/bk.html (checked 2026-11-28): five at once; another page says more
 */
const MOST_COPIES = 5;

const TOO_MANY = ownFailure(
  'job-going-on',
  `${MOST_COPIES} copies of the table are on their way, and AWS Backup may refuse more`,
);

/** The last copy of a vault comes first, then the newest recovery point for every vault: one that is behind holds up no other. */
const moreUrgent = (a: WantedCopy, b: WantedCopy): number =>
  Number(b.isLast === true) - Number(a.isLast === true) || b.source.createdAt - a.source.createdAt;

const copiesOfTable = (wanted: readonly WantedCopy[], now: Instant): readonly CopyAction[] => {
  let underWay = wanted.filter(({ status }) => status.kind === 'going-on').length;
  return wanted.toSorted(moreUrgent).flatMap((copy) =>
    copyActionOf(copy, now).map((action) => {
      if (action.waits !== undefined) return action;
      underWay += 1;
      return underWay > MOST_COPIES ? { ...action, waits: TOO_MANY } : action;
    }),
  );
};

/** Plans one copy for each that a policy asks for, that is missing and that is worth making. */
export const copiesToMake = (wanted: readonly WantedCopy[], now: Instant): readonly CopyAction[] =>
  [...Map.groupBy(wanted, ({ table }) => table).values()].flatMap((ofTable) => copiesOfTable(ofTable, now));

/** Copies of a recovery point that are begun, whoever began them: also those that no policy asks for any more. */
const copiesUnderWay = ({ jobs = [] }: Observation, now: Instant): readonly Awaited[] =>
  jobs.flatMap((job) =>
    job.kind === 'copy' && isUnderWay(job, now) ? [[job.sourceId, job.destination] as const] : [],
  );

type Awaited = readonly [source: string, destination: string];

/** SAFETY: says of each recovery point at home for which copies it waits, by its id: until they are there it does not expire. */
export const awaitedCopies = (
  wanted: readonly WantedCopy[],
  observation: Observation,
  now: Instant,
): ReadonlyMap<string, readonly string[]> => {
  const asked = wanted
    .filter(({ status: { kind } }) => kind !== 'there' && kind !== 'impossible')
    .map(({ destination, source }): Awaited => [source.id, destination.vaultArn]);
  const awaited = [...asked, ...copiesUnderWay(observation, now)];
  return new Map(
    [...Map.groupBy(awaited, ([source]) => source)].map(([id, copies]) => [
      id,
      [...new Set(copies.map(([, destination]) => destination))].map(
        (destination) => `it waits for its copy to ${placeText(destination)}`,
      ),
    ]),
  );
};
