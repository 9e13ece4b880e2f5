import { BackupClient } from '@aws-sdk/client-backup';
import type { Target } from '../../../model/target.ts';
import type { Log } from '../../../ports/log.ts';
import type { Clock } from '../../../ports/time.ts';
import { type ClientOptions, clientConfig, paceClient } from '../../aws/clients.ts';

/** Creates a client for AWS Backup in the Region of the options. */
export const createBackupClient = (options: ClientOptions): BackupClient =>
  paceClient(new BackupClient(clientConfig(options)), options);

/** What the engine of vaults works with. */
export interface VaultParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly target: Target;
  /** The role that jobs have: nothing else uses it, so that a job with it is this deployment's. */
  readonly jobRole: string;
  /** A client for a Region, made once. */
  readonly clientIn: (region: string) => BackupClient;
}

/** Creates clients by Region, each once. */
export const clientsByRegion = (options: ClientOptions): VaultParts['clientIn'] => {
  const clients = new Map<string, BackupClient>();
  return (region) => {
    const client = clients.get(region) ?? createBackupClient({ ...options, region });
    clients.set(region, client);
    return client;
  };
};
