import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { COPY_LATE_MS } from '../scene/copy-lateness.ts';
import type { CopyStatus } from '../scene/copy-status.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';
import { explainCommand, listJobsCommand, regionSettingsCommand } from '../text/commands.ts';
import { ageText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import {
  type CopyRoute,
  chanceText,
  copyRoutes,
  endangeredIn,
  isFarBehind,
  lostAttempts,
  newestInText,
  owedSince,
} from './copy-route.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'copy-overdue': true;
  }
}

/** What cannot be copied is no less owed: where all that is made cannot be, the vault falls behind as it does where jobs fail. */
const OWED: readonly CopyStatus['kind'][] = ['missing', 'going-on', 'impossible'];

/** What is owed to a vault, and what of that is late. */
interface Owed {
  readonly copies: readonly WantedCopy[];
  /** Those newer than anything in the vault for which the time of a copy is over. */
  readonly late: readonly WantedCopy[];
  /** Those that soon can never be made, also where the vault has newer ones. */
  readonly endangered: readonly WantedCopy[];
}

const owedTo = (route: CopyRoute, context: CheckContext): Owed => {
  const copies = route.copies.filter(({ status }) => OWED.includes(status.kind));
  const late = copies.filter(
    (copy) =>
      copy.source.createdAt > (route.newest ?? 0) && context.now - owedSince(copy, context) > COPY_LATE_MS,
  );
  return { copies, late, endangered: endangeredIn(route, context) };
};

const impossibleText = (count: number): string =>
  count === 0 ? '' : ` ${count} of them AWS Backup cannot copy.`;

const fixOf = (isNoneCopyable: boolean): string =>
  isNoneCopyable
    ? 'Switch the advanced features of AWS Backup for DynamoDB on, and see whether what is made goes cold before it is copied.'
    : 'See whether copies wait, or are not begun:';

const findingOf = (route: CopyRoute, { copies, endangered, late }: Owed, context: CheckContext): Finding => {
  const { now, observation } = context;
  const { destination, policy, table } = route.first;
  const impossible = copies.filter(({ status }) => status.kind === 'impossible').length;
  const since = Math.min(...[...late, ...endangered].map((copy) => owedSince(copy, context)));
  const isBehind = isFarBehind(route, since, context);
  const missing = `${counted(copies.length, 'copy', 'copies')} ${copies.length === 1 ? 'is' : 'are'} missing.`;
  return {
    id: findingId('copy-overdue', table, policy.name, destination.vaultArn),
    kind: 'copy-overdue',
    severity: endangered.length > 0 || isBehind ? 'critical' : 'warning',
    table,
    policy: policy.name,
    fact: `${newestInText(route, since, now)} ${missing}${impossibleText(impossible)}${chanceText(endangered.length > 0 ? endangered : late)}`,
    measured: `owed for ${ageText(now - since)}`,
    promised: `copied within ${ageText(COPY_LATE_MS)}`,
    since: late.length > 0 ? Math.min(now, since + COPY_LATE_MS) : now,
    ...advisedFor(
      table,
      (name) =>
        advise(
          `${fixOf(impossible === copies.length)} What a copy can still be made of is not expired by Tablekeeper meanwhile.`,
          ...(impossible > 0 ? [regionSettingsCommand(observation.target)] : []),
          explainCommand(name),
          listJobsCommand(name, observation.target, 'copy'),
        ),
      impossible > 0 ? 'impossible' : 'none',
    ),
  };
};

const find: Finder['find'] = (context) =>
  copyRoutes(context)
    // Jobs that fail are reported with AWS's words, from the first on.
    .filter((route) => lostAttempts(route).length === 0)
    .flatMap((route) => {
      const owed = owedTo(route, context);
      return owed.late.length + owed.endangered.length === 0 ? [] : [findingOf(route, owed, context)];
    });

/** What is known of it wherever it is open. */
export const copyOverdue: KindTraits<'copy-overdue'> = {
  kind: 'copy-overdue',
  title: 'copy overdue',
  facets: ['tags', 'vaults'],
};

/**
 * Finds vaults that are without a copy a day after its source was there, counted from when the policy named the vault where that was later, and always
 * before the source goes cold or is deleted. It does not matter how rarely a policy makes recovery points. Copies whose jobs fail are `copy-failing`.
 */
export const copyOverdueFinder: Finder<'copy-overdue'> = {
  kind: 'copy-overdue',
  findsFrom: ['vaults'],
  find,
};
