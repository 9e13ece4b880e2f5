import type { BackupClient } from '@aws-sdk/client-backup';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Target } from '../../model/target.ts';
import type { MadeVault } from '../../model/vault-facts.ts';

/** What is asked about vaults with; a client for a Region is made once. */
export interface FactParts {
  readonly target: Target;
  /** The ARN of the role that jobs have. */
  readonly jobRole: string;
  /** What the deployment made; absent where that is not known. */
  readonly made?: MadeVault | 'none';
  readonly backupIn: (region: string) => BackupClient;
  readonly kmsIn: (region: string) => KMSClient;
  readonly iam: IAMClient;
}
