import type { Instant } from '../../model/instant.ts';
import type { KnownCopy } from '../../model/vault-record.ts';
import { type Attempt, isLost } from '../scene/attempts.ts';
import { vaultOfPoint, type WantedCopy } from '../scene/copies.ts';
import { copiesAskedSince } from '../scene/copies-asked.ts';
import { isEndangered, lastChanceOf, readyAt } from '../scene/copy-lateness.ts';
import { COPY_GRACE_MS } from '../scene/copy-renewal.ts';
import { ageText, utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import type { CheckContext } from './context.ts';

/** The copies of one series to one vault. */
export interface CopyRoute {
  readonly first: WantedCopy;
  readonly copies: readonly WantedCopy[];
}

/** Groups copies by series and vault; a vault that could not be read proves nothing, so that its routes are left out. */
export const copyRoutes = (wanted: readonly WantedCopy[]): readonly CopyRoute[] =>
  [
    ...Map.groupBy(wanted, ({ destination, policy, table }) =>
      [table, policy.name, destination.vaultArn].join(' '),
    ).values(),
  ]
    .flatMap((copies) => {
      const [first] = copies;
      return first === undefined ? [] : [{ first, copies }];
    })
    .filter(({ copies }) => !copies.some(({ status }) => status.kind === 'unseen'));

/** What is in the vault although its source at home is gone, as far as it is listed or remembered: a copy has the creation date of its source. */
const otherCopies = (
  { first }: CopyRoute,
  { lostCopies, memory, now, observation }: CheckContext,
): readonly Instant[] => {
  const { destination, policy, table } = first;
  const listed = observation.recoveryPoints.filter(
    (point) =>
      point.tableName === table &&
      point.origin?.policy === policy.name &&
      point.status === 'available' &&
      vaultOfPoint(point) === destination.vaultArn,
  );
  const lost = new Set(
    lostCopies
      .get(table)
      ?.filter(({ vault }) => vault === destination.vaultArn)
      .map(({ source }) => source),
  );
  const isThere = ({ deletesAt = now, state, vault }: KnownCopy): boolean =>
    vault === destination.vaultArn && state === 'completed' && deletesAt >= now;
  const remembered = (memory.vaultRecords ?? [])
    .filter(({ recordedTable }) => recordedTable === table)
    .flatMap(({ points }) => points)
    .filter(
      (point) => point.policy === policy.name && point.copies?.some(isThere) === true && !lost.has(point.id),
    );
  return [...listed, ...remembered].map(({ createdAt }) => createdAt);
};

/** Returns of when the newest is that is in the vault; undefined where nothing is known to be. */
export const newestIn = (route: CopyRoute, context: CheckContext): Instant | undefined => {
  const there = route.copies
    .filter(({ status }) => status.kind === 'there')
    .map(({ source }) => source.createdAt);
  const all = [...there, ...otherCopies(route, context)];
  return all.length === 0 ? undefined : Math.max(...all);
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
  copy: WantedCopy,
  { memory, now, observation: { jobs = [] } }: CheckContext,
): Instant =>
  Math.max(readyAt(copy, jobs), copiesAskedSince(memory, copy.policy.name, copy.destination.vaultArn, now));

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
  { first: { destination, policy, table } }: CopyRoute,
  newest: Instant | undefined,
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
  { first: { destination, policy } }: CopyRoute,
  newest: Instant | undefined,
  since: Instant,
  { memory, now }: CheckContext,
): boolean => {
  const asked = copiesAskedSince(memory, policy.name, destination.vaultArn, now);
  return now - Math.max(newest ?? since, asked) > 2 * (policy.rpoMs + COPY_GRACE_MS);
};
