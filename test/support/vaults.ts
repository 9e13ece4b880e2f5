import type { Instant } from '../../shared/model/instant.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { BackupJob, CopyJob } from '../../shared/model/job.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { CopyDestination, Policy } from '../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import type { VaultRecord } from '../../shared/model/vault-record.ts';
import { aContext } from './check-context.ts';
import {
  anObservation,
  aPolicy,
  aTable,
  INSTANCE,
  LATEST_SLOT,
  NO_MEMORY,
  somePolicies,
  TARGET,
  tableIdOf,
} from './world.ts';

// Builders for worlds in which the policy `standard` keeps its recovery points in the vault `tablekeeper`.

export const VAULT_ARN = `arn:aws:backup:${TARGET.region}:${TARGET.accountId}:backup-vault:tablekeeper`;
/** A vault in another Region of the account. */
export const DR = `arn:aws:backup:eu-west-1:${TARGET.accountId}:backup-vault:dr`;
/** One in another account. */
export const FAR = 'arn:aws:backup:eu-west-1:999922223333:backup-vault:far';

export const aVaultPolicy = (
  copyTo: readonly CopyDestination[] = [],
  changes: Partial<Policy> = {},
): Policy =>
  aPolicy({
    engine: 'aws-backup',
    vault: { name: 'tablekeeper', startWindowMinutes: 480, copyTo },
    ...changes,
  });

export interface VaultPoint extends Partial<RecoveryPoint> {
  readonly slot?: Instant;
  readonly policy?: string;
}

/** An available recovery point of Orders in the vault for the latest slot, made a minute after it, by AWS Backup itself. */
export const aVaultPoint = ({
  slot = LATEST_SLOT,
  policy = 'standard',
  ...given
}: VaultPoint = {}): RecoveryPoint => {
  const tableName = given.tableName ?? 'Orders';
  const origin = { instance: INSTANCE, policy, slot };
  return {
    id: `arn:aws:backup:${TARGET.region}:${TARGET.accountId}:recovery-point:${tableName}-${policy}-${slot}`,
    name: recoveryPointName(origin),
    engine: 'aws-backup',
    location: { target: TARGET, vault: 'tablekeeper' },
    origin,
    tableName,
    tableId: tableIdOf(tableName),
    createdAt: slot + MINUTE_MS,
    status: 'available',
    sizeBytes: 1_000_000,
    ...given,
  };
};

/** One of the deployment's role, of which nothing says whose it is. */
export const unprovenPoint = (): RecoveryPoint => {
  const { origin: _, ...point } = aVaultPoint({ id: 'unproven', unproven: true });
  return point;
};

/** A job of this deployment for Orders into the vault, begun a minute after the latest slot and running. */
export const aVaultJob = (given: Partial<BackupJob> = {}): BackupJob => ({
  kind: 'backup',
  id: 'job-1',
  table: 'Orders',
  vault: VAULT_ARN,
  state: 'running',
  createdAt: LATEST_SLOT + MINUTE_MS,
  isOwn: true,
  ...given,
});

/** A copy of the latest recovery point to the other Region, running. */
export const aCopyJob = (given: Partial<CopyJob> = {}): CopyJob => ({
  kind: 'copy',
  id: 'copy-1',
  table: 'Orders',
  sourceId: aVaultPoint().id,
  destination: DR,
  state: 'running',
  createdAt: LATEST_SLOT + 10 * MINUTE_MS,
  isOwn: true,
  ...given,
});

/** What an audit sees of one table under the policy, vaults included. */
export const aVaultObservation = (changes: Partial<Observation> = {}): Observation => {
  const seen = anObservation({ tables: [aTable()], recoveryPoints: [], ...changes });
  return { jobs: [], ...seen, facets: changes.facets ?? [...seen.facets, 'vaults'] };
};

/** What checks read of such a world. */
export const vaultContext = (
  observation: Partial<Observation>,
  copyTo: readonly CopyDestination[] = [],
  vaultRecords: readonly VaultRecord[] = [],
) =>
  aContext({
    memory: { ...NO_MEMORY, vaultRecords },
    policies: somePolicies({ policies: [aVaultPolicy(copyTo)] }),
    observation: aVaultObservation(observation),
  });
