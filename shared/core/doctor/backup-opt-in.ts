import type { BackupOptIn } from '../../model/backup-opt-in.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Failure } from '../../model/failure.ts';
import type { TableKey } from '../../model/table-key.ts';
import { reasonText } from './reason-text.ts';

const WANTED: readonly TableKey[] = [
  { name: 'pk', role: 'HASH', type: 'S' },
  { name: 'sk', role: 'RANGE', type: 'S' },
];

const keysText = (keys: readonly TableKey[]): string =>
  keys.length === 0 ? 'none' : keys.map(({ name, role, type }) => `${name} (${role}, ${type})`).join(' and ');

const isSame = (one: TableKey, other: TableKey | undefined): boolean =>
  one.name === other?.name && one.role === other.role && one.type === other.type;

/** Describes what is wrong with the keys of a state table. Returns undefined when they are correct. */
export const stateKeysFault = (keys: readonly TableKey[]): string | undefined =>
  keys.length === WANTED.length && WANTED.every((key, at) => isSame(key, keys[at]))
    ? undefined
    : `its key is ${keysText(keys)}, and that of a state table ${keysText(WANTED)}`;

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
