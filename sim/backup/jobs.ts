import type { Tags } from '../dynamodb/table.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { CreatedBy, RecoveryPoint } from './points.ts';

/** How a job ended, or what is said of one under way. */
export interface JobMessage {
  readonly text: string;
  /** AWS's category: `SUCCESS`, `AccessDenied`, `INVALIDPARAMETERS` and others. */
  readonly category: string;
}

interface Job {
  readonly id: string;
  readonly createdAt: number;
  startedAt: number | undefined;
  completedAt: number | undefined;
  readonly iamRoleArn: string;
  message: JobMessage | undefined;
}

/** One backup of a table into a vault. */
export interface BackupJob extends Job {
  readonly tableName: string;
  readonly resourceArn: string;
  readonly vaultName: string;
  readonly form: RecoveryPoint['form'];
  readonly startBy: number;
  /** When it is cut off. */
  readonly completeBy: number;
  readonly lifecycle: Lifecycle | undefined;
  readonly tags: Tags;
  readonly createdBy: CreatedBy | undefined;
  /** Known from the beginning for an advanced point only. */
  pointArn: string | undefined;
  /** One of AWS's states, or a word that the console gave it. */
  state: string;
  sizeBytes: number | undefined;
}

/** One copy of a recovery point into another vault. It is kept where the source is. */
export interface CopyJob extends Job {
  readonly sourceVaultArn: string;
  readonly sourcePointArn: string;
  readonly destinationVaultArn: string;
  readonly resourceArn: string;
  readonly lifecycle: Lifecycle | undefined;
  readonly createdBy: CreatedBy | undefined;
  readonly sizeBytes: number;
  destinationPointArn: string | undefined;
  state: string;
}

/** One restore of a recovery point to a new table. */
export interface RestoreJob extends Job {
  readonly pointArn: string;
  readonly vaultName: string;
  readonly sourceArn: string;
  readonly pointCreatedAt: number;
  readonly sizeBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  createdArn: string | undefined;
  status: string;
}

/** Jobs by id, forgotten some time after they ended. */
export type Jobs<J> = Map<string, J>;

const ENDED = new Set(['ABORTED', 'COMPLETED', 'EXPIRED', 'FAILED', 'PARTIAL']);

/** Whether nothing more happens to a job in that state. */
export const hasEnded = (state: string): boolean => ENDED.has(state);

export const failed = (text: string, category: string): JobMessage => ({ text, category });
