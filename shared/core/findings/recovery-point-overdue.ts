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
import type { CheckContext, StreamState } from './context.ts';
import type { ObservedKind } from './kind.ts';
import { overdueAdvice } from './overdue-advice.ts';
import { isOnItsWay, overdueCauses } from './overdue-cause.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-point-overdue': true;
  }
}

/** Backups run every half hour; a table without one for twice as long after it was first missed is no newcomer any more. */
const FIRST_CHANCE_MS = HOUR_MS;

/** Nothing can be backed up before it is there, and nothing needs to be once it goes. */
const IN_PASSING: readonly TableStatus[] = ['CREATING', 'DELETING'];

interface Lateness extends Pick<Finding, 'severity' | 'fact' | 'measured' | 'since'> {
  /** What to do where nobody knows what stood in the way. */
  readonly action: string;
}

const latenessOfOld = (
  { table, policy }: Pick<StreamState, 'table' | 'policy'>,
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

/** The very first run of a deployment comes before any backup could. */
const isFirstRun = ({ memory, observation }: CheckContext): boolean =>
  memory.coverage === undefined && isSeenWhole(observation, 'memory');

const hadItsChance = (open: OpenFinding | undefined, now: Instant): boolean =>
  open !== undefined && now - open.openedAt >= FIRST_CHANCE_MS;

/** A table's age says when it was made and not when it was tagged, so the first sight of a table without any is a warning only. */
const latenessOfNone = (
  context: CheckContext,
  stream: StreamState,
  details: TableDetails,
  open: OpenFinding | undefined,
): Lateness | undefined => {
  const { now } = context;
  const { table, policy } = stream;
  const isYoung = now - details.createdAt <= policy.rpoMs;
  if (isYoung || isOnItsWay(stream, now) || isFirstRun(context)) return undefined;
  return {
    severity: hadItsChance(open, now) ? 'critical' : 'warning',
    fact: `${table} has no recovery point under ${policy.name} that can be restored; the policy promises one at most ${ageText(policy.rpoMs)} old.`,
    measured: 'none',
    since: now,
    action:
      'If its tag is new, the next backup run makes one within half an hour. Otherwise see why there is none:',
  };
};

/** What all streams of a run are judged by. */
interface Known {
  readonly open: ReadonlyMap<string, OpenFinding>;
  readonly causeOf: ReturnType<typeof overdueCauses>;
}

const findIn = (
  context: CheckContext,
  stream: StreamState,
  details: TableDetails,
  { open, causeOf }: Known,
): readonly Finding[] => {
  const { table, policy, newestAvailable } = stream;
  const id = findingId('recovery-point-overdue', table, policy.name);
  const lateness =
    newestAvailable === undefined
      ? latenessOfNone(context, stream, details, open.get(id))
      : latenessOfOld(stream, newestAvailable.createdAt, context.now);
  if (lateness === undefined || IN_PASSING.includes(details.status)) return [];
  const { action, fact, ...said } = lateness;
  const failing = open.get(findingId('backups-failing', table, policy.name));
  const why = causeOf(stream, { failing, overdue: open.get(id) });
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
  { table, policy, newestAvailable }: StreamState,
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

/** A table that cannot be described is not backed up, and its recovery points get older all the same, whichever table of its name they are of. */
const findUnconfirmed = (
  context: CheckContext,
  stream: StreamState,
  gap: Gap,
  { open }: Known,
): readonly Finding[] => {
  const { table, policy } = stream;
  const id = findingId('recovery-point-overdue', table, policy.name);
  const lateness = latenessOfUnconfirmed(context, stream, open.get(id));
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

/** Why tables could not be described, as far as it was tried. */
const detailGaps = ({ observation: { gaps } }: CheckContext): ((table: string) => Gap | undefined) => {
  const tried = gaps.filter(({ facet, deferred }) => facet === 'details' && deferred === undefined);
  const byTable = new Map(tried.map((gap) => [gap.table, gap]));
  return (table) => byTable.get(table) ?? byTable.get(undefined);
};

/**
 * Finds governed tables whose newest restorable recovery point is older than the policy's RPO, by the age of the data and not by its slot. A
 * new table has as long as the RPO, from its creation, to get its first one. At the edge a recovery point of exactly the promised age is
 * in time, and a list with a gap proves nothing. A table that could not be described is judged by the recovery points of its name; one that
 * was not found, or whose turn did not come, is not judged. Where its backups fail, or were put off, that cause is its cause.
 */
export const recoveryPointOverdue: ObservedKind<'recovery-point-overdue'> = {
  kind: 'recovery-point-overdue',
  title: 'recovery point overdue',
  stopsExpiry: true,
  facets: ['tags', 'details', 'recovery-points'],
  find: (context) => {
    if (!isSeenWhole(context.observation, 'recovery-points')) return [];
    const details = new Map(context.governed.map(({ table }) => [table.name, table.details]));
    const open = new Map(context.openFindings.map((finding) => [finding.id, finding]));
    const known = { open, causeOf: overdueCauses(context.memory, context.now) };
    const gapOf = detailGaps(context);
    return context.streams.flatMap((stream) => {
      const confirmed = details.get(stream.table);
      if (confirmed !== undefined) return findIn(context, stream, confirmed, known);
      const gap = gapOf(stream.table);
      return gap === undefined ? [] : findUnconfirmed(context, stream, gap, known);
    });
  },
};
