import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { explainCommand, listJobsCommand } from '../text/commands.ts';
import { jobFix } from '../text/job-cause-text.ts';
import { ageText, utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import { counted, quotedReason } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import {
  type CopyRoute,
  chanceText,
  copyRoutes,
  endangeredIn,
  isFarBehind,
  type LostAttempt,
  lostAttempts,
  newestInText,
  owedSince,
} from './copy-route.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'copy-failing': true;
  }
}

const lastText = ({ attempt, copy }: LostAttempt): string => {
  const { id, message, state } = attempt;
  const job = id === undefined ? 'The last attempt' : `The last job, ${id},`;
  return `${job} of the recovery point of ${utcText(copy.source.createdAt)}, is ${state.toUpperCase()}: ${quotedReason(message ?? 'AWS says nothing')}.`;
};

const findingOf = (
  route: CopyRoute,
  lost: readonly LostAttempt[],
  last: LostAttempt,
  context: CheckContext,
): Finding => {
  const { now, observation } = context;
  const { destination, policy, table } = route.first;
  const failing = [...new Set(lost.map(({ copy }) => copy))];
  const endangered = endangeredIn(route, context);
  const { newest } = route;
  const since = Math.min(...failing.map((copy) => owedSince(copy, context)));
  const isBehind = isFarBehind(route, since, context);
  return {
    id: findingId('copy-failing', table, policy.name, destination.vaultArn),
    kind: 'copy-failing',
    severity: endangered.length > 0 || isBehind ? 'critical' : 'warning',
    table,
    policy: policy.name,
    cause: `copy job: ${last.attempt.cause ?? 'unclassified'}`,
    fact:
      `${counted(failing.length, 'copy', 'copies')} of ${table} under ${policy.name} to ${vaultPlaceText(destination.vaultArn)} ${failing.length === 1 ? 'is' : 'are'} not made: ${counted(lost.length, 'attempt')} came to nothing. ` +
      `${lastText(last)} ${newestInText(route, since, now)}${chanceText(endangered.length > 0 ? endangered : failing)}`,
    measured: newest === undefined ? 'none there' : `the newest ${ageText(now - newest)} old`,
    promised: 'a copy of each recovery point that the policy copies',
    since: lost[0]?.attempt.endedAt ?? last.attempt.createdAt,
    ...advisedFor(
      table,
      (name) =>
        advise(
          `${jobFix(last.attempt.cause)} Another attempt is begun by a later backup run, at once or a day later; what is not copied yet is not expired by Tablekeeper meanwhile.`,
          explainCommand(name),
          listJobsCommand(name, observation.target, 'copy'),
        ),
      last.attempt.cause ?? 'unclassified',
    ),
  };
};

const find: Finder['find'] = (context) =>
  copyRoutes(context).flatMap((route) => {
    const lost = lostAttempts(route);
    const last = lost.at(-1);
    return last === undefined ? [] : [findingOf(route, lost, last, context)];
  });

/** What is known of it wherever it is open. */
export const copyFailing: KindTraits<'copy-failing'> = {
  kind: 'copy-failing',
  title: 'copies failing',
  facets: ['tags', 'vaults'],
};

/**
 * Finds vaults to which copies failed and were not made since, from the first job that failed on. Critical where a source soon goes cold or is deleted, so
 * that it can never be copied, and where the vault is far behind.
 */
export const copyFailingFinder: Finder<'copy-failing'> = {
  kind: 'copy-failing',
  findsFrom: ['vaults'],
  find,
};
