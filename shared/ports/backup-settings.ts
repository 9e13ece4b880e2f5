import type { BackupOptIn } from '../model/backup-opt-in.ts';
import type { Reading } from './inventory.ts';

/** The settings of AWS Backup in the target's Region. It only reads, and never throws for what the service answers. */
export interface BackupSettings {
  read(): Promise<Reading<BackupOptIn>>;
}
