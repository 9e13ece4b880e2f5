import type { Caller } from './call.ts';

export type BackupType = 'AWS_BACKUP' | 'SYSTEM' | 'USER';

interface RecoveryPointFacts {
  readonly at: number;
  readonly arn: string;
  readonly name: string;
  readonly tableName: string;
  readonly tableId: string;
  readonly type: BackupType;
  /** Where AWS Backup keeps it: the vault's ARN. A copy is one more recovery point. */
  readonly vault?: string;
}

/** What truly happened, one entry per change, in order of time. */
export type LedgerEntry =
  | (RecoveryPointFacts & {
      readonly kind: 'recovery-point-made';
      readonly createdAt: number;
      readonly by: Caller;
    })
  | (RecoveryPointFacts & {
      readonly kind: 'recovery-point-deleted';
      readonly createdAt: number;
      readonly by: Caller;
    })
  /** SYSTEM backups leave by themselves, and those in a vault by their lifecycle. */
  | (RecoveryPointFacts & { readonly kind: 'recovery-point-gone'; readonly createdAt: number })
  | {
      readonly kind: 'table-created' | 'table-deleted';
      readonly at: number;
      readonly tableName: string;
      readonly tableId: string;
      readonly by: Caller;
    }
  | {
      readonly kind: 'table-restored';
      readonly at: number;
      readonly tableName: string;
      readonly tableId: string;
      /** The ARN of the backup or of the table it came from. */
      readonly source: string;
      readonly by: Caller;
    }
  | {
      readonly kind: 'table-exported';
      readonly at: number;
      readonly tableName: string;
      readonly tableId: string;
      readonly arn: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly by: Caller;
    }
  | {
      readonly kind: 'object-deleted';
      readonly at: number;
      readonly bucket: string;
      readonly key: string;
      readonly by: Caller;
    }
  | {
      readonly kind: 'pitr-changed';
      readonly at: number;
      readonly tableName: string;
      readonly tableId: string;
      readonly enabled: boolean;
      readonly recoveryPeriodDays?: number;
      readonly by: Caller;
    };

/** The truth that invariants are checked against; nothing in it can be changed or removed. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** The entries of one kind. */
  of<K extends LedgerEntry['kind']>(kind: K): readonly (LedgerEntry & { readonly kind: K })[];
}

export interface LedgerWriter extends Ledger {
  write(entry: LedgerEntry): void;
}

/** `settle` brings what time alone has done up to date before anybody reads. */
export const createLedger = (settle: () => void): LedgerWriter => {
  const entries: LedgerEntry[] = [];
  return {
    get entries() {
      settle();
      return entries;
    },
    of<K extends LedgerEntry['kind']>(kind: K) {
      settle();
      return entries.filter((entry): entry is LedgerEntry & { readonly kind: K } => entry.kind === kind);
    },
    write: (entry) => void entries.push(entry),
  };
};
