import { type Advice, type AdviceStep, advise, followedBy } from '../../model/advice.ts';
import { type GoneStanding, standingUnder } from '../retention/gone-tables.ts';
import { keepDeletedCommand, releaseDeletedCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';

/** What becomes of the recovery points of a deleted table: by one standing, which the policies of that share. */
export interface GoneFate {
  readonly standing: GoneStanding;
  /** Sorted. */
  readonly policies: readonly string[];
}

/** What is told first where policies differ: what ends something, then what would and does not. */
const ORDER: readonly GoneStanding['kind'][] = ['due', 'waits', 'ends', 'kept', 'held', 'unseen', 'unruled'];

/** Returns what becomes of recovery points under some policies: that of those which are told first. */
export const fateOf = (
  table: string,
  policies: readonly string[],
  { gone, memory, now, policies: file }: Pick<CheckContext, 'gone' | 'memory' | 'now' | 'policies'>,
): GoneFate => {
  const { goneLookedAt: _, goneTables: _tables, ...rest } = memory;
  const scope = { memory: { ...rest, ...gone }, now, policies: file };
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
export const endsByRule = ({ standing }: GoneFate): boolean => 'at' in standing;

/** Says since when they may be deleted. */
export const endText = ({ standing }: GoneFate): string =>
  'at' in standing ? utcText(standing.at) : 'never';

const STAY: Readonly<Record<'unruled' | 'unseen' | 'held' | 'kept', (policies: string) => string>> = {
  unruled: () => 'Tablekeeper never deletes them: their policy has no afterDeletion.',
  unseen: (policies) =>
    `Tablekeeper does not delete them: no audit saw the table go while ${policies} governed it, so that afterDeletion ends nothing.`,
  held: () => 'Tablekeeper does not delete them: the table was on hold when it went.',
  kept: () =>
    'Tablekeeper does not delete them, because a person asked to keep them. To let the policy end them again:',
};

/** Says what becomes of them and, where a policy ends them, how to keep them; then what else there is to do. */
export const fateAdvice = (table: string, fate: GoneFate, { say, commands }: AdviceStep): Advice => {
  const { policies, standing } = fate;
  if (endsByRule(fate))
    return followedBy(
      advise(
        `Tablekeeper deletes all of them, the last one too, from ${endText(fate)} on: ${listed(policies)} says so by afterDeletion. To keep them whatever the policy says:`,
        keepDeletedCommand(table),
      ),
      { say, commands },
    );
  if (standing.kind === 'kept')
    return followedBy(advise(STAY.kept(''), releaseDeletedCommand(table)), { say, commands });
  const says = 'at' in standing ? '' : STAY[standing.kind](listed(policies));
  return advise(`${says} ${say}`, ...commands);
};
