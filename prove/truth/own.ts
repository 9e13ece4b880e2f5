import type { Backup } from '../../sim/dynamodb/backup-index.ts';
import type { Scene } from '../world/record.ts';
import { originOf } from './names.ts';

/** A backup of this deployment by the letter of its name. */
export interface Own {
  readonly backup: Pick<Backup, 'arn' | 'name' | 'createdAt' | 'availableAt' | 'sizeBytes'> & {
    readonly table: { readonly id: string; readonly name: string };
    /** When AWS Backup was asked for it; absent where DynamoDB itself made it. */
    readonly askedAt?: number;
  };
  readonly policy: string;
  readonly slot: number;
}

/** Clocks may differ by this much. */
export const TOLERANCE_MS = 300_000;

const ownBackups = (backups: readonly Backup[]): readonly Own[] =>
  backups.flatMap((backup) => {
    const origin = backup.type === 'USER' ? originOf(backup.name) : undefined;
    return origin === undefined ? [] : [{ backup, ...origin }];
  });

/** Those that are restorable, or on their way; the others count for nothing. */
const ofVaults = ({ vaults }: Pick<Scene, 'vaults'>): readonly Own[] =>
  vaults.points
    .filter(({ status }) => status === 'ready' || status === 'CREATING')
    .map((point) => ({ backup: point, policy: point.policy, slot: point.slot }));

/** Selects the recovery points of this deployment, in DynamoDB and in vaults at home. */
export const ownIn = (scene: Pick<Scene, 'backups' | 'vaults'>): readonly Own[] => [
  ...ownBackups(scene.backups),
  ...ofVaults(scene),
];

/** A name may state any slot; one that had not come when the backup was made, or has not come now, says nothing. */
export const isBelievable = ({ slot, backup }: Own, now: number): boolean =>
  slot <= now && slot <= backup.createdAt + TOLERANCE_MS;
