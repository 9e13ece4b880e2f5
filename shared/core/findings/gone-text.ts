import { type Advice, type AdviceStep, advise, followedBy } from '../../model/advice.ts';
import type { Policies } from '../../model/policy.ts';
import type { GoneShare } from '../retention/gone-points.ts';
import { type GoneStanding, standingUnder, withGone } from '../retention/gone-tables.ts';
import { keepDeletedCommand, releaseDeletedCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';

/** What becomes of the recovery points of a deleted table: by one standing, which the policies of that share. */
export interface GoneFate {
  readonly standing: GoneStanding;
  /** Sorted. */
  readonly policies: readonly string[];
  /** Set where a table of the name is there again, so that nothing of the earlier one ends. */
  readonly isThereAgain?: true;
}

/** What is told first where policies differ: what ends something, then what would and does not. */
const ORDER: readonly GoneStanding['kind'][] = ['due', 'waits', 'ends', 'kept', 'held', 'unseen', 'unruled'];

/** Returns what becomes of recovery points under some policies: that of those which are told first. */
export const fateOf = (
  table: string,
  policies: readonly string[],
  { gone, memory, now, policies: file }: Pick<CheckContext, 'gone' | 'memory' | 'now' | 'policies'>,
): GoneFate => {
  const scope = { memory: withGone(memory, gone), now, policies: file };
  const all = [...new Set(policies)]
    .toSorted()
    .map((policy) => ({ policy, standing: standingUnder(table, policy, scope) }));
  const kind = ORDER.find((one) => all.some(({ standing }) => standing.kind === one)) ?? 'unruled';
  const first = all.filter(({ standing }) => standing.kind === kind);
  return {
    standing: first[0]?.standing ?? { kind: 'unruled' },
    policies: first.map(({ policy }) => policy),
  };
};

/** Whether Tablekeeper itself deletes them some day, unless somebody keeps them. */
export const endsByRule = ({ isThereAgain, standing }: GoneFate): boolean =>
  'at' in standing && isThereAgain !== true;

/** Says since when they may be deleted. */
export const endText = ({ standing }: GoneFate): string =>
  'at' in standing ? utcText(standing.at) : 'never';

/** Why they stay where no policy ends them. */
const unruledText = (policies: readonly string[], { policies: file }: Pick<Policies, 'policies'>): string => {
  const known = new Set(file.map(({ name }) => name));
  const missing = policies.filter((name) => !known.has(name));
  return missing.length === policies.length
    ? `Tablekeeper does not delete them: ${listed(missing)} ${verb(missing.length, 'is', 'are')} not in the policy file.`
    : 'Tablekeeper never deletes them: their policy has no afterDeletion.';
};

const STAY: Readonly<Record<'unseen' | 'held' | 'kept', (policies: string) => string>> = {
  unseen: (policies) =>
    `Tablekeeper does not delete them: no audit saw this table go while ${policies} governed it, or a table of its name was there again since, so that afterDeletion ends nothing of it.`,
  held: () => 'Tablekeeper does not delete them: the table was on hold when it went.',
  kept: () =>
    'Tablekeeper does not delete them, because a person asked to keep them. To let the policy end them again:',
};

/** Says why recovery points stay; an empty text where a policy ends them. */
export const stayText = (
  { isThereAgain, policies, standing }: GoneFate,
  file: Pick<Policies, 'policies'>,
): string => {
  if (isThereAgain === true)
    return 'Tablekeeper does not delete them: a table of the name is there again, so that afterDeletion ends nothing of the earlier one.';
  if ('at' in standing) return '';
  return standing.kind === 'unruled' ? unruledText(policies, file) : STAY[standing.kind](listed(policies));
};

/** Says how many a policy deletes, and from when on. */
export const endingShareText = (fate: GoneFate, { ending, staying }: GoneShare): string => {
  const which =
    staying === 0
      ? 'all of them, the last one too,'
      : `${ending.length.toLocaleString('en-US')} of the ${(ending.length + staying).toLocaleString('en-US')}`;
  const others = staying === 0 ? '' : ` ${counted(staying, 'other')} ${verb(staying, 'stays', 'stay')}.`;
  return `Tablekeeper deletes ${which} from ${endText(fate)} on: ${listed(fate.policies)} says so by afterDeletion.${others}`;
};

/** What is known of recovery points of a gone table beside their fate. */
export interface FateSight {
  readonly share: GoneShare;
  readonly file: Pick<Policies, 'policies'>;
}

/** Says what becomes of them and, where a policy ends them, how to keep them; then what else there is to do. */
export const fateAdvice = (
  table: string,
  fate: GoneFate,
  { share, file }: FateSight,
  { say, commands }: AdviceStep,
): Advice => {
  const { standing } = fate;
  if (endsByRule(fate))
    return followedBy(
      advise(
        `${endingShareText(fate, share)} To keep them whatever the policy says:`,
        keepDeletedCommand(table),
      ),
      { say, commands },
    );
  if (standing.kind === 'kept')
    return followedBy(advise(STAY.kept(''), releaseDeletedCommand(table)), { say, commands });
  return advise(`${stayText(fate, file)} ${say}`, ...commands);
};
