import type { Instant } from '../../../model/instant.ts';
import type { SeenCopies, SeenTable, Withheld } from '../../../model/picture.ts';
import type { Verdict, VerdictStatus } from '../../../model/plan.ts';
import type { RecoveryPoint } from '../../../model/recovery-point.ts';
import type { IfLost } from '../../explain/if-lost.ts';
import { bytesSumOf } from '../../text/bytes-sum.ts';

/** What can be restored by point-in-time recovery: a window, or why there is none. */
export type RestorableWindow =
  | { readonly kind: 'open'; readonly earliestAt: Instant; readonly latestAt: Instant }
  /** It is on, and none of its seconds can be restored. */
  | { readonly kind: 'withheld'; readonly why: Withheld }
  | { readonly kind: 'off' | 'not-promised' | 'not-read' };

/** The state of one table. */
export interface TableLine {
  readonly table: string;
  readonly status: VerdictStatus;
  /** Sorted by name. */
  readonly policies: readonly string[];
  readonly window: RestorableWindow;
  /** Restorable recovery points owned by this instance. */
  readonly recoveryPoints: number;
  /** Those that cannot be restored because of a key. */
  readonly lockedPoints: number;
  /** Of both. */
  readonly recoveryPointBytes: number;
  readonly oldestAt?: Instant;
  readonly newestAt?: Instant;
  /** Present where only copies in other vaults can be restored. */
  readonly copies?: SeenCopies;
  /** Absent where the table could not be described. */
  readonly tableBytes?: number;
  /** What would become of it. */
  readonly ifLost: IfLost;
}

const windowOf = ({ pitr, policies, withheld }: SeenTable): RestorableWindow => {
  const isPromised = policies.some(({ promisesPitr }) => promisesPitr);
  if (pitr === undefined) return { kind: isPromised ? 'not-read' : 'not-promised' };
  const { earliestRestorableAt: earliestAt, latestRestorableAt: latestAt } = pitr;
  if (pitr.enabled && withheld !== undefined) return { kind: 'withheld', why: withheld };
  if (!pitr.enabled || earliestAt === undefined || latestAt === undefined) return { kind: 'off' };
  return { kind: 'open', earliestAt, latestAt };
};

/** Selects the points that are there, without those of a former table with the same name. */
const present = (points: readonly RecoveryPoint[], seen: SeenTable): readonly RecoveryPoint[] =>
  points.filter(({ status, tableId }) => status === 'available' && (seen.tableId ?? tableId) === tableId);

/** Summarizes a governed table as it was seen. `ownedRecoveryPoints` may include those of a former table with its name. */
export const tableLine = (
  seen: SeenTable,
  { status }: Pick<Verdict, 'status'>,
  ownedRecoveryPoints: readonly RecoveryPoint[],
  ifLost: IfLost,
): TableLine => {
  const points = present(ownedRecoveryPoints, seen);
  const restorable = seen.points?.count ?? 0;
  return {
    table: seen.name,
    status,
    policies: seen.policies.map(({ name }) => name),
    window: windowOf(seen),
    recoveryPoints: restorable,
    lockedPoints: points.length - restorable,
    recoveryPointBytes: bytesSumOf(points).bytes,
    ...(seen.points !== undefined && { oldestAt: seen.points.oldest, newestAt: seen.points.newest }),
    ...(seen.copies !== undefined && { copies: seen.copies }),
    ...(seen.sizeBytes !== undefined && { tableBytes: seen.sizeBytes }),
    ifLost,
  };
};
