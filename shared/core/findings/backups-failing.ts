import type { CreateAction } from '../../model/action.ts';
import { advise } from '../../model/advice.ts';
import type { Failure } from '../../model/failure.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { explainCommand, runCommand } from '../text/commands.ts';
import { failureFix } from '../text/failure-fix.ts';
import { failuresText } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import { causedBy } from './cause.ts';
import { type Attempt, type AttemptedKind, type FailedAction, failedActions } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backups-failing': true;
  }
}

const idOf = ({ table, policy }: CreateAction): string => findingId('backups-failing', table, policy);

/** Whether the recovery point of a failing table is overdue, and the finding that says so. */
interface Lateness {
  readonly isOverdue: boolean;
  readonly overdue: OpenFinding | undefined;
}

/**
 * Decides whether the recovery point is overdue: an open finding says so, or backups have been failing for longer than
 * the RPO.
 */
const latenessBy = ({ now, openFindings, policies }: Attempt): ((action: CreateAction) => Lateness) => {
  const open = new Map(openFindings.map((finding) => [finding.id, finding]));
  const rpos = new Map(policies.policies.map(({ name, rpoMs }) => [name, rpoMs]));
  return (action) => {
    const failingSince = open.get(idOf(action))?.since ?? now;
    const rpoMs = rpos.get(action.policy) ?? Number.POSITIVE_INFINITY;
    const overdue = open.get(findingId('recovery-point-overdue', action.table, action.policy));
    return { isOverdue: overdue !== undefined || now - failingSince > rpoMs, overdue };
  };
};

/** Describes the overdue recovery point here, because it is not reported as an entry of its own. */
const overdueText = (overdue: OpenFinding | undefined): string =>
  overdue === undefined
    ? ''
    : ` The newest recovery point: ${overdue.measured}; promised: ${overdue.promised}.`;

/** Says who has to act where the failure shows it. */
const aboutCause = (failure: Failure): string => {
  const fix = failureFix([failure], '');
  return fix === '' ? '' : ` ${fix}`;
};

const findingOf = (
  { action, status, failure }: FailedAction<CreateAction>,
  { isOverdue, overdue }: Lateness,
  now: Instant,
): Finding => ({
  id: idOf(action),
  kind: 'backups-failing',
  severity: isOverdue ? 'critical' : 'warning',
  table: action.table,
  policy: action.policy,
  ...causedBy([failure]),
  fact: `The backup of ${action.table} under ${action.policy} ${status === 'refused' ? 'was refused' : 'failed'}: ${failuresText([failure])}.${overdueText(overdue)}`,
  measured: status,
  promised: 'done',
  since: now,
  ...advisedFor(action.table, (table) =>
    advise(
      `Every run tries again, and nothing of this table expires meanwhile.${aboutCause(failure)} If it lasts, see why and try by hand:`,
      explainCommand(table),
      runCommand('backup'),
    ),
  ),
});

/**
 * Finds tables whose backup was tried and failed or was refused, per policy: a warning first, critical once the
 * recovery point is also overdue. A deferred backup has not failed.
 */
export const backupsFailing: AttemptedKind<'backups-failing'> = {
  kind: 'backups-failing',
  title: 'backups failing',
  stopsExpiry: true,
  bringsAbout: ['recovery-point-overdue'],
  attemptedIn: 'protect',
  facets: ['tags', 'recent-recovery-points'],
  idOf: (action) => (action.kind === 'create' ? idOf(action) : undefined),
  find: (attempt) => {
    const latenessOf = latenessBy(attempt);
    return failedActions(attempt.outcomes, 'create').map((failed) =>
      findingOf(failed, latenessOf(failed.action), attempt.now),
    );
  },
};
