import type { BackupEvent } from './events.ts';
import type { BackupJob, CopyJob, Jobs, RestoreJob } from './jobs.ts';
import type { LegalHold } from './legal-holds.ts';
import type { BackupPlans } from './plans.ts';
import { createPointIndex, type PointIndex } from './points.ts';
import { createRegionSettings, type RegionSettings } from './region-settings.ts';
import { createTroubles, type Troubles } from './troubles.ts';
import type { Vaults } from './vaults.ts';
import { createWorkQueue, type WorkQueue } from './work-queue.ts';

/** What AWS Backup holds of an account in a Region. */
export interface BackupState {
  regionSettings: RegionSettings;
  readonly vaults: Vaults;
  readonly points: PointIndex;
  readonly backupJobs: Jobs<BackupJob>;
  readonly copyJobs: Jobs<CopyJob>;
  readonly restoreJobs: Jobs<RestoreJob>;
  readonly legalHolds: Map<string, LegalHold>;
  readonly plans: BackupPlans;
  readonly queue: WorkQueue;
  /** The job that an idempotency token began, by operation and token. */
  readonly tokens: Map<string, string>;
  readonly troubles: Troubles;
  /** Roles that AWS Backup cannot assume, by ARN: `untrusted` does not name it in its trust policy. */
  readonly roles: Map<string, 'missing' | 'untrusted'>;
  /** Vaults of anywhere into which no copy starts, by ARN. */
  readonly closedDestinations: Set<string>;
  /** Points that deletion leaves where they are, by ARN. */
  readonly undeletable: Set<string>;
  readonly events: BackupEvent[];
}

export const createBackupState = (): BackupState => ({
  regionSettings: createRegionSettings(),
  vaults: new Map(),
  points: createPointIndex(),
  backupJobs: new Map(),
  copyJobs: new Map(),
  restoreJobs: new Map(),
  legalHolds: new Map(),
  plans: new Map(),
  queue: createWorkQueue(),
  tokens: new Map(),
  troubles: createTroubles(),
  roles: new Map(),
  closedDestinations: new Set(),
  undeletable: new Set(),
  events: [],
});
