import type { RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import { DAY_MS, type Instant } from '../../../model/instant.ts';
import type { RecoveryPoint, RecoveryPointHold, RecoveryPointStatus } from '../../../model/recovery-point.ts';
import { isFields } from '../../../model/shape.ts';
import { isKeptByAwsBackup, type Vault } from '../../../model/vault-arn.ts';
import type { KnownOrigin } from '../../../ports/engine.ts';
import { statedCount, statedInstant, statedText } from '../../aws/reading.ts';
import { parseTableArn } from '../../aws/table-arn.ts';
import type { LegalHolds } from './legal-holds.ts';
import type { VaultLock } from './list-vaults.ts';
import type { Maker } from './point-origin.ts';
import type { VaultParts } from './vault-clients.ts';

const STATUSES: ReadonlyMap<unknown, RecoveryPointStatus> = new Map([
  ['AVAILABLE', 'available'],
  ['COMPLETED', 'available'],
  ['CREATING', 'creating'],
  ['DELETING', 'deleting'],
  ['EXPIRED', 'expired'],
  ['PARTIAL', 'unusable'],
  ['STOPPED', 'unusable'],
]);

/** What a vault is read with. */
export interface VaultReading {
  readonly parts: VaultParts;
  readonly vault: Vault;
  readonly lock: VaultLock | undefined;
  readonly holds: LegalHolds;
  readonly known: ReadonlyMap<string, KnownOrigin>;
  readonly ofAnyHome: boolean;
}

/**
 * A lock keeps everyone from deleting. After its shortest retention sources disagree: then it is tried, and a refusal is remembered.
 */
const lockHolds = (
  lock: VaultLock | undefined,
  createdAt: Instant,
  now: Instant,
): readonly RecoveryPointHold[] => {
  if (lock === undefined) return [];
  const { minRetentionDays } = lock;
  if (minRetentionDays === undefined) return [{ kind: 'vault-lock' }];
  const until = createdAt + minRetentionDays * DAY_MS;
  return until <= now ? [] : [{ kind: 'vault-lock', until }];
};

const holdsOf = (
  id: string,
  createdAt: Instant,
  { holds, known, lock, parts: { clock } }: VaultReading,
): Pick<RecoveryPoint, 'heldBy'> => {
  const now = clock.now();
  const until = known.get(id)?.heldUntil ?? 0;
  const refusals: readonly RecoveryPointHold[] = until > now ? [{ kind: 'refusal', until }] : [];
  const legal = (holds.get(id) ?? []).map((title): RecoveryPointHold => ({ kind: 'legal-hold', title }));
  const heldBy = [...lockHolds(lock, createdAt, now), ...legal, ...refusals];
  return heldBy.length === 0 ? {} : { heldBy };
};

/** A recovery point as it is listed: whose it is, is not known yet. */
export interface Listed extends Omit<RecoveryPoint, 'name' | 'tableId'> {
  readonly source?: string;
  readonly madeBy: Maker;
}

/** SAFETY: jobs of this deployment have the role of its jobs and no backup plan. A role that is not stated proves nothing. */
const makerOf = (
  { CreatedBy, IamRoleArn }: Partial<RecoveryPointByBackupVault>,
  { jobRole }: VaultParts,
): Maker => {
  if (isFields(CreatedBy) && statedText(CreatedBy.BackupPlanId) !== undefined) return 'plan';
  return IamRoleArn === jobRole ? 'own-role' : 'other-role';
};

const statusOf = (
  listed: Partial<RecoveryPointByBackupVault>,
  { parts: { log } }: VaultReading,
): RecoveryPointStatus => {
  const status = STATUSES.get(listed.Status);
  if (status === undefined)
    log.warn('a recovery point has a status this version does not know', {
      RecoveryPointArn: listed.RecoveryPointArn,
      Status: listed.Status,
    });
  return status ?? 'unknown';
};

const coldOf = (
  listed: Partial<RecoveryPointByBackupVault>,
  now: Instant,
): Pick<RecoveryPoint, 'coldSince' | 'isCold'> => {
  const moved = isFields(listed.CalculatedLifecycle)
    ? statedInstant(listed.CalculatedLifecycle.MoveToColdStorageAt)
    : undefined;
  return moved !== undefined && moved <= now ? { isCold: true, coldSince: moved } : {};
};

const keyOf = (
  id: string,
  { EncryptionKeyArn }: Partial<RecoveryPointByBackupVault>,
): Pick<RecoveryPoint, 'keyArn'> => {
  const keyArn = isKeptByAwsBackup(id) ? statedText(EncryptionKeyArn) : undefined;
  return keyArn === undefined ? {} : { keyArn };
};

/** Reads what is listed of a recovery point; undefined for what has no name, no table or no time. */
export const toListed = (
  listed: Partial<RecoveryPointByBackupVault>,
  reading: VaultReading,
): Listed | 'foreign' | undefined => {
  const { ofAnyHome, parts, vault } = reading;
  const { target } = parts;
  const id = statedText(listed.RecoveryPointArn);
  const arn = parseTableArn(statedText(listed.ResourceArn) ?? '');
  const createdAt = statedInstant(listed.CreationDate);
  if (id === undefined || arn === undefined || arn === 'part' || createdAt === undefined) return undefined;
  const isForeign = arn.accountId !== target.accountId || arn.region !== target.region;
  if (isForeign && !ofAnyHome) return 'foreign';
  const source = statedText(listed.SourceBackupVaultArn);
  const deletesAt = isFields(listed.CalculatedLifecycle)
    ? statedInstant(listed.CalculatedLifecycle.DeleteAt)
    : undefined;
  return {
    id,
    engine: 'aws-backup',
    location: { target: vault.target, vault: vault.name },
    ...(isForeign && { home: { ...target, accountId: arn.accountId, region: arn.region } }),
    ...holdsOf(id, createdAt, reading),
    ...coldOf(listed, parts.clock.now()),
    ...(deletesAt !== undefined && { deletesAt }),
    ...keyOf(id, listed),
    tableName: arn.table,
    createdAt,
    status: statusOf(listed, reading),
    sizeBytes: statedCount(listed.BackupSizeInBytes) ?? 0,
    madeBy: makerOf(listed, parts),
    ...(source !== undefined && { source }),
  };
};
