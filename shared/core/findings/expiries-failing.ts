import type { ExpireAction } from '../../model/action.ts';
import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { runCommand } from '../text/commands.ts';
import { counted, listed, reasonsText } from '../text/words.ts';
import { causedBy } from './cause.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import { type Attempt, type AttemptedKind, type Failure, isFailure } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'expiries-failing': true;
  }
}

const idOf = (policy: string): string => findingId('expiries-failing', policy);

const findingOf = (
  policy: string,
  failures: readonly Failure<ExpireAction>[],
  { now, openFindings }: Attempt,
): Finding => {
  const tables = [...new Set(failures.map(({ action }) => action.table))];
  const count = counted(failures.length, 'recovery point');
  const { subjects, added } = subjectsOf(tables, idOf(policy), openFindings);
  return {
    id: idOf(policy),
    kind: 'expiries-failing',
    severity: 'warning',
    policy,
    ...causedBy(failures),
    fact: `${count} under ${policy} could not be deleted, of ${listed(tables)}: ${reasonsText(failures)}.${addedText(added, 'table')}`,
    measured: `${failures.length.toLocaleString('en-US')} not deleted`,
    promised: 'all deleted',
    since: now,
    advice: advise(
      'Every run tries again; what is not deleted is kept and paid for. Check that the role may call dynamodb:DeleteBackup, then:',
      runCommand('prune'),
    ),
    subjects,
  };
};

/** Only what was tried can work again; what no table asks for any more is not tried. */
const footingOf = ({ policy }: OpenFinding, { usedPolicies }: FootingScene): Footing =>
  policy === undefined || usedPolicies.has(policy) ? 'looked-at' : 'withdrawn';

/** Finds policies whose recovery points could not be deleted when no rule kept them any more: one finding for each policy. */
export const expiriesFailing: AttemptedKind<'expiries-failing'> = {
  kind: 'expiries-failing',
  title: 'expiries failing',
  breaksPromise: false,
  footingOf,
  attemptedIn: 'expire',
  facets: ['tags', 'recovery-points'],
  idOf: (action) => (action.kind === 'expire' ? idOf(action.policy) : undefined),
  find: (attempt) => {
    const failures = attempt.outcomes.flatMap(({ action, status, reason }) =>
      action.kind === 'expire' && isFailure(status) ? [{ action, status, reason }] : [],
    );
    return [...Map.groupBy(failures, ({ action }) => action.policy)].map(([policy, ofPolicy]) =>
      findingOf(policy, ofPolicy, attempt),
    );
  },
};
