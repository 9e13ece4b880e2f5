import type { DrillState } from '../../../model/drill.ts';
import type { Instant } from '../../../model/instant.ts';
import type { Verdict, VerdictStatus } from '../../../model/plan.ts';
import type { RecoveryPoint } from '../../../model/recovery-point.ts';
import { type IfLost, proofOf } from '../../explain/if-lost.ts';
import { type ExpectedTime, expectedTime, type PastRestore } from '../../restore/expected-time.ts';
import type { GovernedTable } from '../../scene/governed.ts';
import { bytesSumOf } from '../../text/bytes-sum.ts';

/** What can be restored by point-in-time recovery: a window, or why there is none. */
export type RestorableWindow =
  | { readonly kind: 'open'; readonly earliestAt: Instant; readonly latestAt: Instant }
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
  readonly recoveryPointBytes: number;
  readonly oldestAt?: Instant;
  readonly newestAt?: Instant;
  /** Absent where the table could not be described. */
  readonly tableBytes?: number;
  /** Present where its policy asks for drills and they were read. */
  readonly drilled?: Pick<IfLost, 'proof'>;
  /** How long a restore of it takes; absent where none of it, or of a table of its size, is known. */
  readonly expected?: ExpectedTime;
}

/** What drills and people restored. */
export interface Restored {
  /** What drills came to; absent where that was not read. */
  readonly states?: readonly DrillState[];
  readonly past: readonly PastRestore[];
}

const drilledOf = (
  { table: { name }, policies }: GovernedTable,
  { states }: Restored,
): Pick<TableLine, 'drilled'> => {
  if (states === undefined || policies.every(({ drill }) => drill === undefined)) return {};
  const proof = proofOf(states.find(({ table }) => table === name));
  return { drilled: proof === undefined ? {} : { proof } };
};

const expectedOf = (
  { table: { name, details } }: GovernedTable,
  { past }: Restored,
): Pick<TableLine, 'expected'> => {
  const expected = expectedTime({ table: name, sizeBytes: details?.sizeBytes }, past);
  return expected.kind === 'unknown' ? {} : { expected };
};

const windowOf = ({ table: { pitr }, policies }: GovernedTable): RestorableWindow => {
  const isPromised = policies.some((policy) => policy.pitr !== undefined);
  if (pitr === undefined) return { kind: isPromised ? 'not-read' : 'not-promised' };
  const { earliestRestorableAt: earliestAt, latestRestorableAt: latestAt } = pitr;
  if (!pitr.enabled || earliestAt === undefined || latestAt === undefined) return { kind: 'off' };
  return { kind: 'open', earliestAt, latestAt };
};

/** Selects the restorable points, without those of a former table with the same name. */
const restorable = (
  points: readonly RecoveryPoint[],
  { table: { details } }: GovernedTable,
): readonly RecoveryPoint[] =>
  points
    .filter(({ status, tableId }) => status === 'available' && (details?.tableId ?? tableId) === tableId)
    .toSorted((a, b) => a.createdAt - b.createdAt);

/** Summarizes a governed table. `ownedRecoveryPoints` may include those of a former table with its name. */
export const tableLine = (
  governed: GovernedTable,
  { status }: Verdict,
  ownedRecoveryPoints: readonly RecoveryPoint[],
  restored: Restored = { past: [] },
): TableLine => {
  const points = restorable(ownedRecoveryPoints, governed);
  const [oldest, newest] = [points.at(0), points.at(-1)];
  const { name, details } = governed.table;
  return {
    table: name,
    status,
    policies: governed.policies.map((policy) => policy.name),
    window: windowOf(governed),
    recoveryPoints: points.length,
    recoveryPointBytes: bytesSumOf(points).bytes,
    ...(oldest !== undefined && { oldestAt: oldest.createdAt }),
    ...(newest !== undefined && { newestAt: newest.createdAt }),
    ...(details !== undefined && { tableBytes: details.sizeBytes }),
    ...drilledOf(governed, restored),
    ...expectedOf(governed, restored),
  };
};
