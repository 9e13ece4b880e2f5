import type { Failure } from '../../model/failure.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Pitr, TableDetails } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import type { PointOption } from './point-option.ts';

/** Something about a name that could not be read: what is not seen because of it is not known to be absent. */
export interface UnseenPart {
  readonly part: 'table' | 'pitr' | 'recovery-points' | 'system-backups' | 'manifests' | 'vaults';
  /** The only backup vault that could not be read, by ARN. */
  readonly vault?: string;
  readonly failure: Failure;
}

/** Everything that was read about one name. */
export interface KnownOfName {
  readonly table: string;
  /** The account and Region that were looked at. */
  readonly target: Target;
  /** The table that has the name now; absent where none has. */
  readonly standing?: { readonly details: TableDetails; readonly arn: string; readonly pitr?: Pitr };
  /** User-made ones of every table that ever had the name, in vaults as well. */
  readonly recoveryPoints: readonly RecoveryPoint[];
  /** Copies in other accounts, which can only be remembered. */
  readonly farPoints?: readonly PointOption[];
  readonly systemBackups: readonly SystemBackup[];
  readonly manifests: readonly Pick<Manifest, 'tableId' | 'tableCreatedAt' | 'confirmedAt'>[];
  readonly unseen: readonly UnseenPart[];
  /** The ARN of the one that a person named. */
  readonly named?: string | undefined;
}
