import type { Instant } from '../../model/instant.ts';
import type { KnownCopy } from '../../model/vault-record.ts';
import { type Attempt, isLost } from '../scene/attempts.ts';
import { copiesAskedSince } from '../scene/copies-asked.ts';
import { vaultOfPoint } from '../scene/copy-evidence.ts';
import { isEndangered, lastChanceOf } from '../scene/copy-lateness.ts';
import { COPY_GRACE_MS } from '../scene/copy-renewal.ts';
import { seriesKey } from '../scene/own-points.ts';
import { type VaultSight, vaultSight } from '../scene/vault-jobs.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';
import { ageText, utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import type { CheckContext } from './context.ts';

/** The copies of one series to one vault. */
export interface CopyRoute {
  readonly first: WantedCopy;
  readonly copies: readonly WantedCopy[];
  /** Of when the newest is that is in the vault; undefined where nothing is known to be. */
  readonly newest: Instant | undefined;
}

/** What is in the vault although its source at home is gone, as far as it is listed or remembered: a copy has the creation date of its source. */
const otherCopies = (
  { destination, policy, table }: WantedCopy,
  { copies, lostCopies, now }: CheckContext,
  { recordOf }: Pick<VaultSight, 'recordOf'>,
): readonly Instant[] => {
  const listed = (copies.get(seriesKey(table, policy.name))?.points ?? [])
    .map(({ recoveryPoint }) => recoveryPoint)
    .filter((point) => point.status === 'available' && vaultOfPoint(point) === destination.vaultArn);
  const lost = new Set(
    lostCopies
      .get(table)
      ?.filter(({ vault }) => vault === destination.vaultArn)
      .map(({ source }) => source),
  );
  const isThere = ({ deletesAt = now, state, vault }: KnownCopy): boolean =>
    vault === destination.vaultArn && state === 'completed' && deletesAt >= now;
  const remembered = (recordOf(table)?.points ?? []).filter(
    (point) => point.policy === policy.name && point.copies?.some(isThere) === true && !lost.has(point.id),
  );
  return [...listed, ...remembered].map(({ createdAt }) => createdAt);
};

const newestOf = (copies: readonly WantedCopy[], others: readonly Instant[]): Instant | undefined => {
  const there = copies.filter(({ status }) => status.kind === 'there').map(({ source }) => source.createdAt);
  const all = [...there, ...others];
  return all.length === 0 ? undefined : Math.max(...all);
};

/** A vault that could not be read proves nothing, and one that the sources are in gets no copy: `copy-impossible` says so. */
const isLeftOut = ({ status }: WantedCopy): boolean =>
  status.kind === 'unseen' || (status.kind === 'impossible' && status.why === 'same-vault');

/** Groups the copies that policies ask for by series and vault. */
export const copyRoutes = (context: CheckContext): readonly CopyRoute[] => {
  const sight = vaultSight(context.observation, context.memory);
  const groups = Map.groupBy(context.wantedCopies, ({ destination, policy, table }) =>
    [table, policy.name, destination.vaultArn].join(' '),
  );
  return [...groups.values()].flatMap((copies) => {
    const [first] = copies;
    if (first === undefined || copies.some(isLeftOut)) return [];
    return [{ first, copies, newest: newestOf(copies, otherCopies(first, context, sight)) }];
  });
};

/** An attempt at a copy, with the copy. */
export interface LostAttempt {
  readonly copy: WantedCopy;
  readonly attempt: Attempt;
}

const byEnd = (a: LostAttempt, b: LostAttempt): number =>
  (a.attempt.endedAt ?? a.attempt.createdAt) - (b.attempt.endedAt ?? b.attempt.createdAt);

/** Lists what was begun of copies that are not there, and came to nothing; oldest first. */
export const lostAttempts = ({ copies }: CopyRoute): readonly LostAttempt[] =>
  copies
    .flatMap((copy) =>
      copy.status.kind === 'missing' || copy.status.kind === 'going-on'
        ? copy.status.attempts.filter(isLost).map((attempt) => ({ copy, attempt }))
        : [],
    )
    .toSorted(byEnd);

/** Returns since when a copy is owed: since its source is there, or since the policy named the vault where that was later. */
export const owedSince = (
  { destination, policy, readyAt }: WantedCopy,
  { memory, now }: Pick<CheckContext, 'memory' | 'now'>,
): Instant => Math.max(readyAt, copiesAskedSince(memory, policy.name, destination.vaultArn, now));

/** Lists the copies that soon can never be made, the soonest first. */
export const endangeredIn = ({ copies }: CopyRoute, context: CheckContext): readonly WantedCopy[] =>
  copies
    .filter((copy) => isEndangered(copy, owedSince(copy, context), context.now))
    .toSorted((a, b) => (lastChanceOf(a)?.at ?? 0) - (lastChanceOf(b)?.at ?? 0));

/** Says until when the first of some copies can be made, and why no longer; an empty text where nothing ends that. */
export const chanceText = (copies: readonly WantedCopy[]): string => {
  const [copy] = copies.toSorted(
    (a, b) =>
      (lastChanceOf(a)?.at ?? Number.POSITIVE_INFINITY) - (lastChanceOf(b)?.at ?? Number.POSITIVE_INFINITY),
  );
  const chance = copy && lastChanceOf(copy);
  if (copy === undefined || chance === undefined) return '';
  const made = utcText(copy.source.createdAt);
  const ends =
    chance.why.kind === 'cold'
      ? `goes cold on ${utcText(chance.at)} (coldAfterDays: ${chance.why.afterDays})`
      : `is deleted by AWS Backup on ${utcText(chance.at)}`;
  return ` The recovery point of ${made} ${ends}: after that it can never be copied.`;
};

/** Says how old the newest in the vault is, or that nothing is there. */
export const newestInText = (
  { first: { destination, policy, table }, newest }: CopyRoute,
  since: Instant,
  now: Instant,
): string => {
  const place = vaultPlaceText(destination.vaultArn);
  return newest === undefined
    ? `No recovery point of ${table} under ${policy.name} is in ${place}, and one is owed since ${utcText(since)}.`
    : `The newest copy of ${table} under ${policy.name} in ${place} is of ${utcText(newest)}, ${ageText(now - newest)} old.`;
};

/** Whether the vault is so far behind that the promise of the policy is broken twice over: counted from the newest copy, or from what is owed the longest. */
export const isFarBehind = (
  { first: { destination, policy }, newest }: CopyRoute,
  since: Instant,
  { memory, now }: CheckContext,
): boolean => {
  const asked = copiesAskedSince(memory, policy.name, destination.vaultArn, now);
  return now - Math.max(newest ?? since, asked) > 2 * (policy.rpoMs + COPY_GRACE_MS);
};
