import type { BackupOptIn } from '../../model/backup-opt-in.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Failure } from '../../model/failure.ts';
import { reasonText } from './reason-text.ts';

const stateText = ({ optedIn, advanced }: BackupOptIn): string => {
  if (!optedIn) return 'is off for tables here';
  return `is on for tables here, ${advanced ? 'with' : 'without'} advanced features`;
};

/**
 * Reports AWS Backup's settings, or why they could not be read. They are not needed because no policy uses that engine.
 */
export const backupOptInDiagnosis = (seen: BackupOptIn | Failure): Diagnosis => ({
  item: 'AWS Backup opt-in',
  status: 'unneeded',
  says: `not needed, for no policy uses AWS Backup; it ${'kind' in seen ? `could not be seen: ${reasonText(seen)}` : stateText(seen)}`,
});
