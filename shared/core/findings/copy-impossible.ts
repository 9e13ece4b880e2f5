import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';
import { regionSettingsCommand } from '../text/commands.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'copy-impossible': true;
  }
}

const WHY = {
  'kept-by-dynamodb': {
    text: 'made while the advanced features of AWS Backup were off for DynamoDB',
    say: 'Switch the advanced features of AWS Backup for DynamoDB on: AWS Backup in the console, Settings, Configure resources. Recovery points made from then on are copied; those made before never can be. See what is on:',
  },
  'same-vault': {
    text: 'in the very vault that copyTo names, so that there is no second one',
    say: 'Name a vault in another Region or account in copyTo of the policy file, or leave copyTo out. See the settings of AWS Backup here:',
  },
  cold: {
    text: 'in cold storage',
    say: 'Nothing in cold storage can be copied. Those made since are. A later coldAfterDays leaves copies more time; see what held them up:',
  },
} as const;

const findingOf = (
  [first, ...others]: readonly [WantedCopy, ...WantedCopy[]],
  why: keyof typeof WHY,
  { now, observation }: CheckContext,
): Finding => {
  const { policy, table } = first;
  const points = new Set([first, ...others].map(({ source }) => source.id)).size;
  return {
    id: findingId('copy-impossible', table, policy.name),
    kind: 'copy-impossible',
    severity: why === 'same-vault' ? 'warning' : 'info',
    table,
    policy: policy.name,
    cause: why,
    fact: `${counted(points, 'recovery point')} of ${table} under ${policy.name} cannot be copied: ${WHY[why].text}.`,
    measured: `${points} not copied`,
    promised: 'all copied',
    since: now,
    ...advisedFor(table, () => advise(WHY[why].say, regionSettingsCommand(observation.target)), why),
  };
};

const find: Finder['find'] = (context) =>
  [...Map.groupBy(context.wantedCopies, ({ policy, table }) => `${table} ${policy.name}`).values()].flatMap(
    (copies) => {
      const [first, ...others] = copies.filter(({ status }) => status.kind === 'impossible');
      if (first?.status.kind !== 'impossible') return [];
      return [findingOf([first, ...others], first.status.why, context)];
    },
  );

/** What is known of it wherever it is open. */
export const copyImpossible: KindTraits<'copy-impossible'> = {
  kind: 'copy-impossible',
  title: 'copy impossible',
  facets: ['tags', 'vaults'],
};

/** Finds series with recovery points that AWS Backup cannot copy, once for each, whatever their number. */
export const copyImpossibleFinder: Finder<'copy-impossible'> = {
  kind: 'copy-impossible',
  findsFrom: ['vaults'],
  find,
};
