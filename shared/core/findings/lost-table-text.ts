import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { KeyFacts } from '../../model/key-facts.ts';
import type { Memory } from '../../model/memory.ts';
import { endingPolicies, type Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { LostTable } from '../protection/deletions.ts';
import type { VaultLoss } from '../protection/vault-losses.ts';
import { lastKeyOf, lockingKeyOf } from '../scene/table-keys.ts';
import { keyStateText } from '../text/key-state.ts';
import { utcText } from '../text/time.ts';
import { counted, failuresText, listed, verb } from '../text/words.ts';
import { deniedIn } from './cause.ts';
import { endingText } from './ending-text.ts';
import { newestText } from './newest-text.ts';

/** The context in which deletions are reported. */
export interface DeletionScope {
  readonly target: Target;
  readonly now: Instant;
  readonly memory: Memory;
  readonly policies: Policies;
  readonly keyFacts?: KeyFacts | undefined;
}

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
export const endsText = ({ policies: names = [] }: LostTable, { policies }: DeletionScope): string => {
  const ending = endingPolicies(policies).filter(({ name }) => names.includes(name));
  return ending.length === 0
    ? ''
    : ` afterDeletion of ${listed(ending.map(({ name }) => name))} may end them, which is announced a week before; recovery-points-of-lost-table says what becomes of them.`;
};
