import { type Advice, type AdviceStep, advise, followedBy, stepsOf } from '../../model/advice.ts';
import type { Target } from '../../model/target.ts';
import type { LostTable } from '../protection/deletions.ts';
import { longestPeriodDays, promisesOf } from '../scene/pitr.ts';
import {
  listSystemBackupsCommand,
  restoreCommand,
  restoreTableCommand,
  switchPitrOnCommand,
  tagTableCommand,
  whoChangedCommand,
} from '../text/commands.ts';
import { daysText } from '../text/time.ts';
import { formerName } from './former-name.ts';
import { type DeletionScope, leftOf } from './lost-table-text.ts';
import { addAgainAdvice, standingRegion } from './replica-text.ts';

/**
 * Returns what protects a table again: the value of its tag, and the days of PITR, 0 when none is promised. Undefined
 * when no policy is known.
 */
const protectionOf = ({ policies: names = [] }: LostTable, { policies }: DeletionScope) => {
  const known = policies.policies.filter((policy) => names.includes(policy.name));
  if (known.length === 0) return undefined;
  const value = known.map((policy) => policy.name).toSorted();
  return { value: value.join('+'), days: longestPeriodDays(promisesOf({ policies: known })) };
};

/** Where a restore makes the table: where the recovery point is, which is elsewhere when copies alone are left. */
const placeOfBest = (lost: LostTable, { now, target }: DeletionScope): Target => {
  const { available, best, living } = leftOf(lost, now);
  const copy =
    living === undefined && available.length === 0 ? lost.copies?.find(({ id }) => id === best) : undefined;
  return copy?.location.target ?? target;
};

const isHere = (lost: LostTable, scope: DeletionScope): boolean => {
  const { accountId, region } = placeOfBest(lost, scope);
  return region === scope.target.region && accountId === scope.target.accountId;
};

const elsewhereText = (lost: LostTable, scope: DeletionScope): string => {
  const { accountId, region } = placeOfBest(lost, scope);
  return ` A copy is restored where it is: the table is made in ${region} of account ${accountId}, which this deployment does not look at:`;
};

/** Adds the commands that give a table its tag and PITR, because a restored one and a replica start without both. */
const protectAgain = (
  lost: LostTable,
  name: string,
  scope: DeletionScope,
  what: 'A replica that is added again' | 'A restored table' = 'A restored table',
): readonly AdviceStep[] => {
  const { policies } = scope;
  const target = what === 'A restored table' ? placeOfBest(lost, scope) : scope.target;
  const protection = protectionOf(lost, scope);
  if (protection === undefined) return [];
  const { value, days } = protection;
  return [
    advise(
      `${what} has no tags${days > 0 ? ' and no point-in-time recovery' : ''}. Once it is ACTIVE, protect it again:`,
      tagTableCommand(name, policies.tag, target, value),
      ...(days > 0 ? [switchPitrOnCommand(name, days, target)] : []),
    ),
  ];
};

/** What a restore by AWS alone leaves to people. */
const LEFT_OUT = 'tags, time to live, auto scaling, streams and policies';

const nothingText = ({ isLeaving }: LostTable): string =>
  isLeaving === true
    ? 'Wait until it is gone. Then see whether DynamoDB made a SYSTEM backup of it, and who deleted it:'
    : 'Nothing is left to restore it from. See who deleted it:';

const waitText = ({ isLeaving }: LostTable): string =>
  isLeaving === true
    ? 'Wait until it is gone: its name is taken until then, and a SYSTEM backup of its last moment may come. '
    : '';

const restoreAdvice = (
  lost: LostTable,
  name: string,
  best: string | undefined,
  scope: DeletionScope,
  when = 'If nobody meant it',
): Advice => {
  const { isLeaving, systemGap } = lost;
  const { target } = scope;
  const looking = [
    ...(systemGap === undefined && isLeaving !== true ? [] : [listSystemBackupsCommand(name, target)]),
    whoChangedCommand(name, target),
  ];
  if (best === undefined) return advise(nothingText(lost), ...looking);
  const raw = restoreTableCommand(name, best, target);
  const says = `${waitText(lost)}${when}, restore it under its name`;
  return isHere(lost, scope)
    ? followedBy(
        advise(
          `${says}, with its settings, and see who deleted it:`,
          restoreCommand(name, '--at', 'latest', '--as-replacement'),
          ...looking,
        ),
        advise(`Where Tablekeeper is not at hand, AWS restores it without ${LEFT_OUT}:`, raw),
        ...protectAgain(lost, name, scope),
      )
    : followedBy(
        advise(`${says}, and see who deleted it.${elsewhereText(lost, scope)}`, raw, ...looking),
        ...protectAgain(lost, name, scope),
      );
};

const lookAdvice = (
  name: string,
  best: string | undefined,
  { target }: DeletionScope,
): readonly AdviceStep[] =>
  best === undefined
    ? []
    : [
        advise(
          'Do not restore it under its name, which the replica needs. To look at what it held, restore it under another one:',
          restoreTableCommand(formerName(name), best, target),
        ),
      ];

/** SAFETY: a table restored under the name of a replica keeps the replica from being added again. */
export const lostTableAdvice = (
  lost: LostTable,
  name: string,
  best: string | undefined,
  scope: DeletionScope,
): Advice => {
  const { replica } = lost;
  const standing = standingRegion(replica);
  if (replica === undefined || standing === undefined) return restoreAdvice(lost, name, best, scope);
  const isSure = replica.standsIn.length > 0;
  return followedBy(
    addAgainAdvice(replica, standing, name, scope.target),
    ...protectAgain(lost, name, scope, 'A replica that is added again'),
    ...(isSure
      ? [
          ...lookAdvice(name, best, scope),
          advise('See who deleted it:', whoChangedCommand(name, scope.target)),
        ]
      : stepsOf(restoreAdvice(lost, name, best, scope, 'Only where it does not stand there any more'))),
  );
};

/** Names what a restore of it takes, so that the same need is the same advice. */
export const lostTableNeeds = (
  lost: LostTable,
  best: string | undefined,
  scope: DeletionScope,
): string | undefined => {
  const protection = protectionOf(lost, scope);
  if (best === undefined || protection === undefined) return best;
  const { value, days } = protection;
  return `${best} (tag ${value}${days > 0 ? `, PITR of ${daysText(days)}` : ''})`;
};
