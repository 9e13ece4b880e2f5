import { type Advice, advise } from '../../model/advice.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { Policies } from '../../model/policy.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { isFields } from '../../model/shape.ts';
import type { TableSettings } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { tagTableCommand } from '../text/commands.ts';
import { listed } from '../text/words.ts';

/** A restored table with the tag that keeps it out of backups, and what would bring it in. */
export interface OptedOut {
  readonly table: string;
  readonly target: Target;
  /** Key of the policy tag. */
  readonly tag: string;
  /** What its source had, or the only policy that there is; absent where that is for a person to choose. */
  readonly policy?: string;
  /** Names of all policies that are known. */
  readonly policies: readonly string[];
}

/** What is asked about a restore that has ended. */
export interface Ended {
  readonly record: Pick<RestoreRecord, 'steps' | 'targetRegion' | 'targetTable'>;
  /** What the restored table has, as far as it was read. */
  readonly live?: SettingsReading | undefined;
  /** What was kept of the source. */
  readonly wanted?: Partial<TableSettings> | undefined;
}

/** Where the tags were not read, what the restore wrote itself counts. */
const isOptedOut = ({ record, live }: Ended, tag: string): boolean => {
  const tags = live?.settings.tags;
  if (tags !== undefined) return tags[tag] === OPT_OUT;
  return record.steps.some(
    ({ step, outcome }) =>
      step.kind === 'tags' &&
      step.region === undefined &&
      step.tags[tag] === OPT_OUT &&
      isFields(outcome) &&
      outcome.kind !== 'failed',
  );
};

/** Returns a policy tag that the restore did not write itself, as `key=value`, of a restore that knew no tags to put back. */
export const setSinceOf = (
  { choices }: Pick<RestoreRecord, 'choices'>,
  live: SettingsReading,
  tag: string,
): string | undefined => {
  const has = live.settings.tags?.[tag];
  const isOwn = choices.role === 'look-only' && has === OPT_OUT;
  return has === undefined || isOwn ? undefined : `${tag}=${has}`;
};

/** Says how a restored table that is left out of backups is brought in; undefined where it is not left out. */
export const optedOutOf = (
  ended: Ended,
  { tag, policies }: Pick<Policies, 'tag' | 'policies'>,
  target: Target,
): OptedOut | undefined => {
  if (!isOptedOut(ended, tag)) return undefined;
  const { targetRegion, targetTable } = ended.record;
  const had = ended.wanted?.tags?.[tag];
  const names = policies.map(({ name }) => name);
  const only = names.length === 1 ? names[0] : undefined;
  const policy = had === OPT_OUT ? only : (had ?? only);
  return {
    table: targetTable,
    target: { ...target, region: targetRegion },
    tag,
    policies: names,
    ...(policy !== undefined && { policy }),
  };
};

/** Says that nothing backs the table up, with the command that changes it. */
export const optInAdvice = ({ table, target, tag, policy, policies }: OptedOut): Advice => {
  const choose =
    policy !== undefined || policies.length === 0
      ? ''
      : ` In place of POLICY write one of ${listed(policies)}.`;
  return advise(
    `${table} is not backed up: its tag ${tag}=${OPT_OUT} opts it out.${choose} To back it up:`,
    tagTableCommand(table, tag, target, policy),
  );
};
