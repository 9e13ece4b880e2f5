import type { ExpireAction } from '../../model/action.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import { adviceText, counted, listed, reasonsText } from '../render/finding-text.ts';
import { type Failure, isFailure, type OutcomeCheck } from './attempt.ts';
import { causedBy } from './cause.ts';

const idOf = (policy: string): string => findingId('expiries-failing', policy);

const findingOf = (policy: string, failures: readonly Failure<ExpireAction>[], now: Instant): Finding => {
  const tables = [...new Set(failures.map(({ action }) => action.table))];
  const count = counted(failures.length, 'recovery point');
  return {
    id: idOf(policy),
    kind: 'expiries-failing',
    severity: 'warning',
    policy,
    ...causedBy(failures),
    fact: `${count} under ${policy} could not be deleted, of ${listed(tables)}: ${reasonsText(failures)}.`,
    measured: `${failures.length.toLocaleString('en-US')} not deleted`,
    promised: 'all deleted',
    since: now,
    advice: adviceText(
      'Every run tries again; what is not deleted is kept and paid for. Check that the role may call dynamodb:DeleteBackup, then:',
      'tablekeeper run prune',
    ),
  };
};

/** Finds policies whose recovery points could not be deleted when no rule kept them any more: one finding for each policy. */
export const expiriesFailing: OutcomeCheck = {
  kind: 'expiries-failing',
  attemptedIn: 'expire',
  facets: ['tags', 'recovery-points'],
  idOf: (action) => (action.kind === 'expire' ? idOf(action.policy) : undefined),
  find: ({ outcomes, now }) => {
    const failures = outcomes.flatMap(({ action, status, reason }) =>
      action.kind === 'expire' && isFailure(status) ? [{ action, status, reason }] : [],
    );
    return [...Map.groupBy(failures, ({ action }) => action.policy)].map(([policy, ofPolicy]) =>
      findingOf(policy, ofPolicy, now),
    );
  },
};
