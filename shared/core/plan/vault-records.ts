import { DAY_MS, type Instant } from '../../model/instant.ts';
import { isGoingOn } from '../../model/job.ts';
import { isCopy, type RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { KnownAttempt, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import { vaultOfPoint } from '../scene/copy-evidence.ts';
import { vaultsListed } from '../scene/remembered-points.ts';
import { endedCopyIsOfUse } from './ended-copies.ts';
import { copiesOf, copyIndex, type RecordInput, type Seen, slotKey } from './known-copies.ts';
import { lostCopiesOf } from './lost-copies.ts';

/** AWS lists a job for 30 days after it ended; an attempt is of use for as long. */
const ATTEMPT_MS = 40 * DAY_MS;

/** As many ids fit into one item of the state table many times over; of more, tags are read again. */
const MOST_STRANGERS = 1_000;

const isOwnAtHome = (point: RecoveryPoint, { instance, observation: { target } }: Seen): boolean =>
  point.engine === 'aws-backup' &&
  point.origin?.instance === instance &&
  point.job === undefined &&
  point.status !== 'deleted' &&
  !isCopy(point, target);

const knownOf = (point: RecoveryPoint): readonly KnownPoint[] => {
  const { createdAt, deletesAt, id, origin, tableId } = point;
  const vault = vaultOfPoint(point);
  return origin === undefined || vault === undefined
    ? []
    : [
        {
          id,
          vault,
          policy: origin.policy,
          slot: origin.slot,
          tableId,
          createdAt,
          ...(deletesAt !== undefined && { deletesAt }),
        },
      ];
};

/** SAFETY: only a whole list of its vault shows that a recovery point is gone; after that its vault is asked about it no more. */
const goneSince = (
  { goneAt, id, vault }: KnownPoint,
  listed: ReadonlyMap<string, KnownPoint>,
  { isListed, now }: Seen,
): Instant | undefined => {
  if (listed.has(id)) return undefined;
  return goneAt ?? (isListed(vault) ? now : undefined);
};

/** The same recovery point as a run found it: at home, or gone since. */
const foundPoint = (point: KnownPoint, listed: ReadonlyMap<string, KnownPoint>, seen: Seen): KnownPoint => {
  const { deletesAt: endBefore, goneAt: _, ...rest } = point;
  const now = listed.get(point.id);
  // Somebody may have given it another end.
  const deletesAt = now === undefined ? endBefore : now.deletesAt;
  const goneAt = goneSince(point, listed, seen);
  return { ...rest, ...(deletesAt !== undefined && { deletesAt }), ...(goneAt !== undefined && { goneAt }) };
};

/** A point that a whole list does not show is forgotten with the last of its copies. */
const pointsOf = (
  before: VaultRecord | undefined,
  own: readonly RecoveryPoint[],
  seen: Seen,
): readonly KnownPoint[] => {
  const listed = new Map(own.flatMap(knownOf).map((point) => [point.id, point]));
  const known = new Map((before?.points ?? []).map((point) => [point.id, point]));
  const all = [...known.values(), ...[...listed.values()].filter(({ id }) => !known.has(id))];
  const found = all.map((point) => foundPoint(point, listed, seen));
  const index = copyIndex(seen);
  const isOfUse = endedCopyIsOfUse(
    found.filter(({ goneAt }) => goneAt === undefined),
    seen,
  );
  return found
    .map((point): KnownPoint => {
      const copies = copiesOf(point, index, { ...seen, isOfUse: (copy) => isOfUse(point, copy) });
      const { copies: _, ...rest } = point;
      return copies.length === 0 ? rest : { ...rest, copies };
    })
    .filter(({ copies, goneAt }) => goneAt === undefined || copies !== undefined)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** Only such points have tags that were read; of the others nothing was asked. */
const isStranger = ({ engine, id, origin }: RecoveryPoint): boolean =>
  engine === 'aws-backup' && origin === undefined && isKeptByAwsBackup(id);

const attemptsOf = (
  before: VaultRecord | undefined,
  points: readonly KnownPoint[],
  { jobs, now }: Seen,
): readonly KnownAttempt[] => {
  const made = new Set(points.map(slotKey));
  const running = new Set(jobs.filter(({ state }) => isGoingOn(state)).map(({ id }) => id));
  return (before?.attempts ?? []).filter(
    (attempt) =>
      running.has(attempt.jobId) || (!made.has(slotKey(attempt)) && now - attempt.startedAt < ATTEMPT_MS),
  );
};

const recordOf = (table: string, before: VaultRecord | undefined, seen: Seen): VaultRecord | undefined => {
  const points = pointsOf(
    before,
    seen.points.filter((point) => isOwnAtHome(point, seen)),
    seen,
  );
  const strangers = seen.points
    .filter(isStranger)
    .map(({ id }) => id)
    .toSorted()
    .slice(0, MOST_STRANGERS);
  const attempts = attemptsOf(before, points, seen);
  const lostCopies = lostCopiesOf(before, points, seen);
  if (points.length + strangers.length + attempts.length + lostCopies.length === 0) return undefined;
  return {
    recordedTable: table,
    version: 1,
    points,
    ...(strangers.length > 0 && { strangers }),
    ...(attempts.length > 0 && { attempts }),
    ...(lostCopies.length > 0 && { lostCopies }),
  };
};

/** Orders records by their tables. */
export const byRecordedTable = (a: VaultRecord, b: VaultRecord): number =>
  a.recordedTable < b.recordedTable ? -1 : 1;

/**
 * Returns what to remember of jobs, recovery points and copies in vaults: everything from the first time that it was seen, for as long as it is there
 * or could be. A run that did not look at vaults changes nothing.
 */
export const nextVaultRecords = (
  before: readonly VaultRecord[] | undefined,
  input: RecordInput,
): readonly VaultRecord[] | undefined => {
  const { observation } = input;
  const { facets, jobs, recoveryPoints } = observation;
  if (!facets.includes('vaults')) return before;
  const ofVaults = recoveryPoints.filter(({ engine }) => engine === 'aws-backup');
  const pointsBy = Map.groupBy(ofVaults, ({ tableName }) => tableName);
  const jobsBy = Map.groupBy(jobs ?? [], ({ table }) => table);
  const records = new Map(before?.map((record) => [record.recordedTable, record]));
  const isListed = vaultsListed(observation);
  const next = [...new Set([...records.keys(), ...pointsBy.keys()])].flatMap((table) => {
    const seen = { ...input, isListed, jobs: jobsBy.get(table) ?? [], points: pointsBy.get(table) ?? [] };
    return recordOf(table, records.get(table), seen) ?? [];
  });
  return next.length === 0 ? undefined : next.toSorted(byRecordedTable);
};
