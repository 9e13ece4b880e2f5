import { type Advice, type AdviceStep, advise, followedBy, stepsOf } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { KeyFacts } from '../../model/key-facts.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { isKnownDeleted, type LostTable } from '../protection/deletions.ts';
import { isUnaware, NO_POINTS } from '../protection/known-deletion.ts';
import type { VaultLoss } from '../protection/vault-losses.ts';
import { endingPolicies } from '../retention/gone-tables.ts';
import { longestPeriodDays, promisesOf } from '../scene/pitr.ts';
import { lastKeyOf, lockingKeyOf } from '../scene/table-keys.ts';
import {
  listSystemBackupsCommand,
  restoreTableCommand,
  switchPitrOnCommand,
  tagTableCommand,
  whoChangedCommand,
} from '../text/commands.ts';
import { shortHash } from '../text/digest.ts';
import { keyStateText } from '../text/key-state.ts';
import { daysText, utcText } from '../text/time.ts';
import { counted, failuresText, listed, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import { deniedIn } from './cause.ts';
import { endingText } from './ending-text.ts';
import { formerName } from './former-name.ts';
import { newestText } from './newest-text.ts';
import { addAgainAdvice, replicaText, standingRegion } from './replica-text.ts';

/** Names the key that DynamoDB's own backup of a deleted table needs, and when that ends; an empty text where none is known. */
const systemKeyText = (tableId: string, keyFacts: KeyFacts | undefined): string => {
  const table = keyFacts?.tables.find((one) => one.tableId === tableId);
  const arn = table === undefined ? undefined : lastKeyOf(table);
  const asked = keyFacts?.keys.find((key) => key.arn === arn);
  if (arn === undefined) return '';
  const locking = asked === undefined ? undefined : lockingKeyOf(asked);
  const state = locking === undefined ? '' : `, which ${keyStateText(locking)}`;
  return ` To restore it, the last key of the table is needed: ${arn}${state}.`;
};

/** Describes DynamoDB's own backup of a deleted table, until when it is kept, and the key that it needs. */
export const systemText = (
  { systemBackups, systemGap }: LostTable,
  { keyFacts, now }: Pick<DeletionScope, 'keyFacts' | 'now'>,
): string => {
  const newest = systemBackups.at(-1);
  if (newest === undefined && systemGap !== undefined)
    return `DynamoDB's own SYSTEM backups could not be listed: ${failuresText([systemGap])}.`;
  if (newest === undefined)
    return 'DynamoDB shows no SYSTEM backup of it: it makes one only where point-in-time recovery was on.';
  return newest.expiresAt > now
    ? `DynamoDB's own SYSTEM backup ${newest.name}, of the last moment, lives until ${utcText(newest.expiresAt)}.${systemKeyText(newest.tableId, keyFacts)}`
    : `DynamoDB's own SYSTEM backup ${newest.name} ended at ${utcText(newest.expiresAt)}.`;
};

/** Returns what denied listing DynamoDB's own backups, if anything did. */
export const systemDenials = ({ systemBackups, systemGap }: LostTable): Pick<Finding, 'denials'> =>
  systemBackups.length === 0 && systemGap !== undefined ? deniedIn([systemGap]) : {};

/** Describes which recovery points of a deleted table are left. */
export const pointsText = (
  available: readonly RecoveryPoint[],
  { copies = [] }: Pick<LostTable, 'copies'> = {},
): string => {
  if (available.length === 0 && copies.length > 0) return 'No recovery point of it is left at home.';
  if (available.length === 0) return 'No recovery point that Tablekeeper made can be restored.';
  const count = counted(available.length, 'recovery point');
  return `${count} ${verb(available.length, 'is', 'are')} kept, the newest: ${newestText(available)}.${endingText(available)}`;
};

const lossText = ({ copies, points, vault: arn }: VaultLoss): string => {
  const vault = parseVaultArn(arn);
  const what = [
    ...(points === 0 ? [] : [counted(points, 'recovery point')]),
    ...(copies === 0 ? [] : [counted(copies, 'copy', 'copies')]),
  ];
  const place = vault === undefined ? arn : `${vault.name} in ${vault.target.region}`;
  return ` ${listed(what)} of it went with the backup vault ${place}, which is not there any more.`;
};

/** Says what went with vaults that are not there any more; an empty text without any. */
export const vaultLossText = ({ vaultLosses = [] }: LostTable): string => vaultLosses.map(lossText).join('');

const placeText = ({ location: { target, vault } }: RecoveryPoint): string =>
  `${vault === undefined ? '' : `${vault} in `}${target.region} of account ${target.accountId}`;

/** Describes the copies of its recovery points, with where the newest is; an empty text without any. */
export const copiesText = ({ copies = [], points }: LostTable): string => {
  const newest = copies.at(-1);
  if (newest === undefined) return '';
  const count = counted(copies.length, 'copy', 'copies');
  return ` ${count} of ${points.length === 0 ? 'what there was' : 'them'} ${verb(copies.length, 'is', 'are')} in other vaults, the newest of ${utcText(newest.createdAt)} in ${placeText(newest)}.${endingText(copies)}`;
};

/** Says which policies may end what is left, in words that stay true when somebody keeps it; an empty text where none does. */
const endsText = ({ policies: names = [] }: LostTable, { policies }: DeletionScope): string => {
  const ending = endingPolicies(policies).filter(({ name }) => names.includes(name));
  return ending.length === 0
    ? ''
    : ` afterDeletion of ${listed(ending.map(({ name }) => name))} may end them, which is announced a week before; recovery-points-of-lost-table says what becomes of them.`;
};

/** The context in which deletions are reported. */
export interface DeletionScope {
  readonly target: Target;
  readonly now: Instant;
  readonly memory: Memory;
  readonly policies: Policies;
  readonly keyFacts?: KeyFacts | undefined;
}

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

const elsewhereText = (lost: LostTable, scope: DeletionScope): string => {
  const { accountId, region } = placeOfBest(lost, scope);
  const { target } = scope;
  if (region === target.region && accountId === target.accountId) return ':';
  return `. A copy is restored where it is: the table is made in ${region} of account ${accountId}, which this deployment does not look at:`;
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

const restoreAdvice = (
  lost: LostTable,
  name: string,
  best: string | undefined,
  scope: DeletionScope,
  when = 'If nobody meant it',
): Advice => {
  const { systemGap } = lost;
  const { target } = scope;
  const commands = [
    ...(best === undefined ? [] : [restoreTableCommand(name, best, target)]),
    ...(systemGap === undefined ? [] : [listSystemBackupsCommand(name, target)]),
    whoChangedCommand(name, target),
  ];
  return best === undefined
    ? advise('Nothing is left to restore it from. See who deleted it:', ...commands)
    : followedBy(
        advise(
          `${when}, restore it under its name, and see who deleted it${elsewhereText(lost, scope)}`,
          ...commands,
        ),
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
const adviceOf = (lost: LostTable, name: string, best: string | undefined, scope: DeletionScope): Advice => {
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

const needsOf = (lost: LostTable, best: string | undefined, scope: DeletionScope): string | undefined => {
  const protection = protectionOf(lost, scope);
  if (best === undefined || protection === undefined) return best;
  const { value, days } = protection;
  return `${best} (tag ${value}${days > 0 ? `, PITR of ${daysText(days)}` : ''})`;
};

/**
 * Returns what of a deleted table can be restored: its recovery points, DynamoDB's own backup until that expires, and
 * the newest of all; a copy only where nothing else is left.
 */
export const leftOf = ({ copies = [], points, systemBackups }: LostTable, now: Instant) => {
  const available = points.filter(({ status }) => status === 'available');
  const system = systemBackups.at(-1);
  const living = system !== undefined && system.expiresAt > now ? system : undefined;
  const copy = copies.findLast(({ id }) => id !== '');
  return { available, living, best: living?.id ?? available.at(-1)?.id ?? copy?.id };
};

/**
 * Marks that the finding also covers the loss of the table's recovery points, so that a later loss is reported again.
 */
const subjectsIn = (available: readonly RecoveryPoint[], { copies = [] }: LostTable): readonly string[] =>
  available.length + copies.length === 0 ? [shortHash(NO_POINTS)] : [];

const isNothingLeft = ({ replica, systemGap }: LostTable, best: string | undefined): boolean =>
  best === undefined && systemGap === undefined && (replica?.standsIn.length ?? 0) === 0;

const findingOf = (lost: LostTable, scope: DeletionScope): Finding => {
  const { name } = lost;
  const { now } = scope;
  const { available, living, best } = leftOf(lost, now);
  return {
    id: findingId('table-deleted', name),
    kind: 'table-deleted',
    severity: isNothingLeft(lost, best) ? 'critical' : 'warning',
    table: name,
    fact: `${name}, which a policy keeps, was deleted.${replicaText(lost.replica)} ${pointsText(available, lost)}${available.length === 0 ? '' : endsText(lost, scope)}${vaultLossText(lost)}${copiesText(lost)} ${systemText(lost, scope)}`,
    measured: 'deleted',
    promised: 'kept recoverable',
    since: living?.createdAt ?? now,
    ...advisedFor(name, (table) => adviceOf(lost, table, best, scope), needsOf(lost, best, scope)),
    ...systemDenials(lost),
    subjects: subjectsIn(available, lost),
  };
};

const emptiedOf = (lost: LostTable, scope: DeletionScope): Finding => {
  const finding = findingOf(lost, scope);
  const left = finding.severity === 'critical' ? ' Nothing is left to restore it from.' : '';
  const { endedAt } = lost;
  const who =
    endedAt === undefined
      ? 'Tablekeeper did not delete them'
      : `AWS Backup deleted the last of them by ${utcText(endedAt)}, the end that it was given when it was made`;
  return {
    ...finding,
    fact:
      `${lost.name}, which a policy keeps, was deleted, and its last recovery points are gone since; ${who}.${replicaText(lost.replica)} ` +
      `${systemText(lost, scope)}${left}`,
    measured: 'deleted, its recovery points as well',
  };
};

/**
 * Returns one finding per table whose deletion was reported and whose last recovery points have gone since: a warning
 * while DynamoDB's own backup exists, critical when nothing is left.
 */
export const tablesEmptied = (
  lost: readonly LostTable[],
  openFindings: readonly OpenFinding[],
  scope: DeletionScope,
): readonly Finding[] =>
  lost
    .filter((table) => leftOf(table, scope.now).available.length === 0)
    .filter(({ name }) => openFindings.some((open) => open.table === name && isUnaware(open, scope.now)))
    .map((table) => emptiedOf(table, scope));

/**
 * Returns one finding per deleted table that a policy should have kept: what is left of it, and until when. A loss that
 * is already open is not found a second time, and tables of AWS Backup's restore tests are ignored because they come
 * and go.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (checked 2026-11-22)
 */
export const tablesDeleted = (
  lost: readonly LostTable[],
  openFindings: readonly OpenFinding[],
  scope: DeletionScope,
): readonly Finding[] =>
  lost
    .filter(
      ({ name, wasGoverned }) =>
        wasGoverned && !isPassingTable(name) && !isKnownDeleted(name, openFindings, scope.memory, scope.now),
    )
    .map((table) => findingOf(table, scope));
