import { advise } from '../../model/advice.ts';
import { failureText } from '../../model/failure.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Gap } from '../../model/observation.ts';
import type { TableDetails, TableStatus } from '../../model/table.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { describeTableCommand, explainCommand } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import { causedBy } from './cause.ts';
import type { CheckContext, SeriesState } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { isOnItsWay, overdueAdvice, overdueCauses } from './overdue-cause.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-point-overdue': true;
  }
}

/**
 * How long after it was first missed a table may lack its first recovery point: twice the half hour between backups.
 */
const FIRST_CHANCE_MS = HOUR_MS;

/** The statuses in which a table cannot be backed up yet, or no longer needs to be. */
const IN_PASSING: readonly TableStatus[] = ['CREATING', 'DELETING'];

interface Lateness extends Pick<Finding, 'severity' | 'fact' | 'measured' | 'since'> {
  /** What to do when the cause is unknown. */
  readonly action: string;
}

const latenessOfOld = (
  { table, policy }: Pick<SeriesState, 'table' | 'policy'>,
  createdAt: Instant,
  now: Instant,
): Lateness | undefined => {
  const ageMs = now - createdAt;
  if (ageMs <= policy.rpoMs) return undefined;
  const age = ageText(ageMs);
  return {
    severity: ageMs > 2 * policy.rpoMs ? 'critical' : 'warning',
    fact:
      `The newest recovery point of ${table} under ${policy.name} is of ${utcText(createdAt)}, ${age} old; ` +
      `the policy promises at most ${ageText(policy.rpoMs)}.`,
    measured: `${age} old`,
    since: createdAt + policy.rpoMs,
    action: 'See why no newer one was made:',
  };
};

/** Checks for the first run of a deployment, which precedes any backup. */
const isFirstRun = ({ memory, observation }: CheckContext): boolean =>
  memory.coverage === undefined && isSeenWhole(observation, 'memory');

const hadItsChance = (open: OpenFinding | undefined, now: Instant): boolean =>
  open !== undefined && now - open.openedAt >= FIRST_CHANCE_MS;

/**
 * Judges a table without any recovery point. Its age says when it was created and not when it was tagged, so the first
 * sight of it is only a warning.
 */
const latenessOfNone = (
  context: CheckContext,
  series: SeriesState,
  details: TableDetails,
  open: OpenFinding | undefined,
): Lateness | undefined => {
  const { now } = context;
  const { table, policy } = series;
  const isYoung = now - details.createdAt <= policy.rpoMs;
  if (isYoung || isOnItsWay(series, now) || isFirstRun(context)) return undefined;
  return {
    severity: hadItsChance(open, now) ? 'critical' : 'warning',
    fact: `${table} has no recovery point under ${policy.name} that can be restored; the policy promises one at most ${ageText(policy.rpoMs)} old.`,
    measured: 'none',
    since: now,
    action:
      'If its tag is new, the next backup run makes one within half an hour. Otherwise see why there is none:',
  };
};

/** What every series of a run is judged by. */
interface Known {
  readonly open: ReadonlyMap<string, OpenFinding>;
  readonly causeOf: ReturnType<typeof overdueCauses>;
}

const findIn = (
  context: CheckContext,
  series: SeriesState,
  details: TableDetails,
  { open, causeOf }: Known,
): readonly Finding[] => {
  const { table, policy, newestAvailable } = series;
  const id = findingId('recovery-point-overdue', table, policy.name);
  const lateness =
    newestAvailable === undefined
      ? latenessOfNone(context, series, details, open.get(id))
      : latenessOfOld(series, newestAvailable.createdAt, context.now);
  if (lateness === undefined || IN_PASSING.includes(details.status)) return [];
  const { action, fact, ...said } = lateness;
  const failing = open.get(findingId('backups-failing', table, policy.name));
  const why = causeOf(series, { failing, overdue: open.get(id) });
  return [
    {
      id,
      kind: 'recovery-point-overdue',
      table,
      policy: policy.name,
      ...(why.cause !== undefined && { cause: why.cause }),
      ...(why.errorName !== undefined && { errorName: why.errorName }),
      fact: `${fact} ${why.fact}`.trim(),
      promised: `at most ${ageText(policy.rpoMs)} old`,
      ...advisedFor(table, (name) => overdueAdvice(why, action, name, context.observation.target)),
      ...said,
    },
  ];
};

const latenessOfUnconfirmed = (
  { now }: CheckContext,
  { table, policy, newestAvailable }: SeriesState,
  open: OpenFinding | undefined,
): Omit<Lateness, 'action'> | undefined => {
  if (newestAvailable !== undefined) return latenessOfOld({ table, policy }, newestAvailable.createdAt, now);
  const since = open?.openedAt ?? now;
  return {
    severity: now - since > policy.rpoMs ? 'critical' : 'warning',
    fact: `No recovery point of ${table} under ${policy.name} was seen; the policy promises one at most ${ageText(policy.rpoMs)} old.`,
    measured: 'none',
    since,
  };
};

/**
 * Judges a table that could not be described: it is not backed up, and its recovery points still age, whichever table
 * of that name they are of.
 */
const findUnconfirmed = (
  context: CheckContext,
  series: SeriesState,
  gap: Gap,
  { open }: Known,
): readonly Finding[] => {
  const { table, policy } = series;
  const id = findingId('recovery-point-overdue', table, policy.name);
  const lateness = latenessOfUnconfirmed(context, series, open.get(id));
  if (lateness === undefined) return [];
  const { fact, severity, measured, since } = lateness;
  return [
    {
      id,
      kind: 'recovery-point-overdue',
      severity,
      table,
      policy: policy.name,
      ...causedBy([gap.failure]),
      fact: `${fact} It is not backed up while it cannot be described: ${failureText(gap.failure)}.`,
      measured,
      promised: `at most ${ageText(policy.rpoMs)} old`,
      since,
      ...advisedFor(table, (name) =>
        advise(
          'See who or what denies it: the role, a resource policy of the table, a service control policy.',
          describeTableCommand(name, context.observation.target),
          explainCommand(name),
        ),
      ),
    },
  ];
};

/** Looks up why a table could not be described, if it was tried. */
const detailGaps = ({ observation: { gaps } }: CheckContext): ((table: string) => Gap | undefined) => {
  const tried = gaps.filter(({ facet, deferred }) => facet === 'details' && deferred === undefined);
  const byTable = new Map(tried.map((gap) => [gap.table, gap]));
  return (table) => byTable.get(table) ?? byTable.get(undefined);
};

/** What is known of it wherever it is open. */
export const recoveryPointOverdue: KindTraits<'recovery-point-overdue'> = {
  kind: 'recovery-point-overdue',
  title: 'recovery point overdue',
  stopsExpiry: true,
  facets: ['tags', 'details', 'recovery-points'],
};

/**
 * Finds governed tables whose newest restorable recovery point is older than the policy's RPO, by the age of the data
 * and not by its slot. A new table has as long as the RPO, from its creation, to get its first one. A recovery point of
 * exactly the promised age is in time, and a list with a gap proves nothing. A table that could not be described is
 * judged by the recovery points of its name; one that was not found, or was deferred, is not judged. If its backups
 * fail, or were deferred, the finding takes that cause.
 */
export const recoveryPointOverdueFinder: Finder<'recovery-point-overdue'> = {
  kind: 'recovery-point-overdue',
  findsFrom: ['recovery-points'],
  find: (context) => {
    if (!isSeenWhole(context.observation, 'recovery-points')) return [];
    const details = new Map(context.governed.map(({ table }) => [table.name, table.details]));
    const open = new Map(context.openFindings.map((finding) => [finding.id, finding]));
    const known = { open, causeOf: overdueCauses(context.memory, context.now) };
    const gapOf = detailGaps(context);
    return context.allSeries.flatMap((series) => {
      if (series.unseen === true) return [];
      const confirmed = details.get(series.table);
      if (confirmed !== undefined) return findIn(context, series, confirmed, known);
      const gap = gapOf(series.table);
      return gap === undefined ? [] : findUnconfirmed(context, series, gap, known);
    });
  },
};
