import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { KnownCopy } from '../../model/vault-record.ts';
import { type Attempt, isLost } from '../scene/attempts.ts';
import { vaultOfPoint, type WantedCopy } from '../scene/copies.ts';
import { copiesAskedSince } from '../scene/copies-asked.ts';
import { COPY_GRACE_MS } from '../scene/copy-renewal.ts';
import type { CopyStatus } from '../scene/copy-status.ts';
import { explainCommand, listJobsCommand, regionSettingsCommand } from '../text/commands.ts';
import { jobFix } from '../text/job-cause-text.ts';
import { ageText, utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import { counted, quotedReason } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { ObservedKind } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'copy-overdue': true;
  }
}

/** The copies of one series to one vault. */
interface Destination {
  readonly first: WantedCopy;
  readonly copies: readonly WantedCopy[];
}

const destinationsIn = (wanted: readonly WantedCopy[]): readonly Destination[] =>
  [
    ...Map.groupBy(wanted, ({ destination, policy, table }) =>
      [table, policy.name, destination.vaultArn].join(' '),
    ).values(),
  ].flatMap((copies) => {
    const [first] = copies;
    return first === undefined ? [] : [{ first, copies }];
  });

/** What is in the vault although its source at home is gone, as far as it is listed or remembered: a copy has the creation date of its source. */
const otherCopies = (
  { first }: Destination,
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

/** The newest that is in the vault; undefined where nothing is known to be. */
const newestIn = (destination: Destination, context: CheckContext): Instant | undefined => {
  const there = destination.copies
    .filter(({ status }) => status.kind === 'there')
    .map(({ source }) => source.createdAt);
  const all = [...there, ...otherCopies(destination, context)];
  return all.length === 0 ? undefined : Math.max(...all);
};

const lastLost = ({ copies }: Destination): Attempt | undefined =>
  copies
    .flatMap(({ status }) => (status.kind === 'missing' ? status.attempts : []))
    .filter(isLost)
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .at(-1);

/** What cannot be copied is no less owed: where all that is made cannot be, the vault falls behind as it does where jobs fail. */
const OWED: readonly CopyStatus['kind'][] = ['missing', 'going-on', 'impossible'];

const impossibleText = (count: number): string =>
  count === 0 ? '' : ` ${count} of them AWS Backup cannot copy.`;

const fixOf = (lost: Attempt | undefined, isNoneCopyable: boolean): string => {
  if (lost !== undefined) return jobFix(lost.cause);
  return isNoneCopyable
    ? 'Switch the advanced features of AWS Backup for DynamoDB on, and see whether what is made goes cold before it is copied.'
    : 'See whether copies wait, or are not begun:';
};

const overdueFinding = (destination: Destination, context: CheckContext): readonly Finding[] => {
  const { copies, first } = destination;
  const { now, observation } = context;
  const { policy, table } = first;
  const owed = copies.filter(
    ({ source, status }) =>
      OWED.includes(status.kind) &&
      // A vault may take one a year: none is late before it could be there.
      now - source.createdAt > COPY_GRACE_MS,
  );
  const impossible = owed.filter(({ status }) => status.kind === 'impossible').length;
  const newest = newestIn(destination, context);
  const since = newest ?? Math.min(...copies.map(({ source }) => source.createdAt));
  const promisedMs = policy.rpoMs + COPY_GRACE_MS;
  const ageMs = now - since;
  // A vault that was only just named owes nothing yet of what was made before.
  const asked = copiesAskedSince(context.memory, policy.name, first.destination.vaultArn, now);
  const owedSince = Math.max(since, asked);
  const lateMs = now - owedSince;
  if (owed.length === 0 || lateMs <= promisedMs) return [];
  const lost = lastLost(destination);
  const place = vaultPlaceText(first.destination.vaultArn);
  const what =
    newest === undefined
      ? `No recovery point of ${table} under ${policy.name} is in ${place}, and one is owed since ${utcText(owedSince)}.`
      : `The newest copy of ${table} under ${policy.name} in ${place} is of ${utcText(since)}, ${ageText(ageMs)} old.`;
  const words =
    lost === undefined
      ? ''
      : ` The last attempt failed: ${quotedReason(lost.message ?? 'AWS says nothing')}.`;
  return [
    {
      id: findingId('copy-overdue', table, policy.name, first.destination.vaultArn),
      kind: 'copy-overdue',
      severity: lateMs > 2 * promisedMs ? 'critical' : 'warning',
      table,
      policy: policy.name,
      ...(lost !== undefined && { cause: `copy job: ${lost.cause ?? 'unclassified'}` }),
      fact: `${what} ${counted(owed.length, 'copy', 'copies')} ${owed.length === 1 ? 'is' : 'are'} missing.${impossibleText(impossible)}${words}`,
      measured: newest === undefined ? 'none' : `${ageText(ageMs)} old`,
      promised: `at most ${ageText(promisedMs)} old`,
      since: owedSince + promisedMs,
      ...advisedFor(
        table,
        (name) =>
          advise(
            `${fixOf(lost, impossible === owed.length)} Nothing of which a copy can still be made expires at home meanwhile.`,
            ...(impossible > 0 ? [regionSettingsCommand(observation.target)] : []),
            explainCommand(name),
            listJobsCommand(name, observation.target, 'copy'),
          ),
        lost?.cause ?? (impossible > 0 ? 'impossible' : 'none'),
      ),
    },
  ];
};

const find: ObservedKind['find'] = (context) =>
  destinationsIn(context.wantedCopies)
    .filter(({ copies }) => !copies.some(({ status }) => status.kind === 'unseen'))
    .flatMap((destination) => overdueFinding(destination, context));

/**
 * Finds series whose newest copy in a vault is older than the promise and the time that a copy takes, counted from when its source was made, and from when
 * the policy named the vault where that was later. A vault
 * that could not be read proves nothing.
 */
export const copyOverdue: ObservedKind<'copy-overdue'> = {
  kind: 'copy-overdue',
  title: 'copy overdue',
  facets: ['tags', 'vaults'],
  findsFrom: ['vaults'],
  find,
};
