import type { ExpireAction } from '../../model/action.ts';
import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { runCommand } from '../text/commands.ts';
import { failureFix } from '../text/failure-fix.ts';
import { counted, failuresText, listed } from '../text/words.ts';
import { causedBy } from './cause.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import { type Attempt, type AttemptedKind, type FailedAction, failedActions } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'expiries-failing': true;
  }
}

const idOf = (policy: string): string => findingId('expiries-failing', policy);

const findingOf = (
  policy: string,
  failed: readonly FailedAction<ExpireAction>[],
  { now, openFindings }: Attempt,
): Finding => {
  const failures = failed.map(({ failure }) => failure);
  const tables = [...new Set(failed.map(({ action }) => action.table))];
  const count = counted(failed.length, 'recovery point');
  const { subjects, added } = subjectsOf(tables, idOf(policy), openFindings);
  return {
    id: idOf(policy),
    kind: 'expiries-failing',
    severity: 'warning',
    policy,
    ...causedBy(failures),
    fact: `${count} under ${policy} could not be deleted, of ${listed(tables)}: ${failuresText(failures)}.${addedText(added, 'table')}`,
    measured: `${failed.length.toLocaleString('en-US')} not deleted`,
    promised: 'all deleted',
    since: now,
    advice: advise(
      `Every run tries again; what is not deleted is kept and paid for. ${failureFix(failures, 'Check that the role may call dynamodb:DeleteBackup.')} Then:`,
      runCommand('prune'),
    ),
    subjects,
  };
};

/**
 * Withdraws the finding when no table uses its policy, because expiry is then no longer tried and cannot be seen to
 * work again.
 */
const footingOf = ({ policy }: OpenFinding, { usedPolicies }: FootingScene): Footing =>
  policy === undefined || usedPolicies.has(policy) ? 'looked-at' : 'withdrawn';

/**
 * Finds policies whose recovery points could not be deleted although no rule keeps them any more: one finding per
 * policy.
 */
export const expiriesFailing: AttemptedKind<'expiries-failing'> = {
  kind: 'expiries-failing',
  title: 'expiries failing',
  breaksPromise: false,
  footingOf,
  attemptedIn: 'expire',
  facets: ['tags', 'recovery-points'],
  idOf: (action) => (action.kind === 'expire' ? idOf(action.policy) : undefined),
  find: (attempt) => {
    const failed = failedActions(attempt.outcomes, 'expire');
    return [...Map.groupBy(failed, ({ action }) => action.policy)].map(([policy, ofPolicy]) =>
      findingOf(policy, ofPolicy, attempt),
    );
  },
};
