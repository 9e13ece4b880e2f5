import type { Drill, DrillState } from '../../model/drill.ts';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { DrillLevel } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { RestoreSource } from '../../model/restore.ts';
import type { TaggedTable } from '../../model/table.ts';
import { provedAt, restoreTookMs, strongestProof } from '../drill/proof.ts';
import { type RestoreCost, restoreCost } from '../restore/cost.ts';
import { type ExpectedTime, expectedTime, type PastRestore } from '../restore/expected-time.ts';

/** The last of those drills of a table that proved most. */
export interface Proof {
  readonly at: Instant;
  readonly level: DrillLevel;
  readonly from: RestoreSource['kind'];
  /** How long its restore took; absent where no table was made. */
  readonly tookMs?: number;
}

/** What would become of a table that is lost now. */
export interface IfLost {
  /** What would come back; absent where nothing is known that could. `isAbout`: the last audit saw the window, and it moves on. */
  readonly back?: { readonly to: Instant; readonly from: RestoreSource['kind']; readonly isAbout?: true };
  /** Set where nothing is known and point-in-time recovery was not read: there may be something. */
  readonly isUnread?: true;
  /** From drills of this account, and from restores where those were read. */
  readonly expected: ExpectedTime;
  readonly cost: RestoreCost;
  readonly proof?: Proof;
}

/** What is known of one table. */
export interface Known {
  readonly table: TaggedTable;
  /** The newest that can be restored. */
  readonly newest?: RecoveryPoint | undefined;
  /** Whether the last audit saw point-in-time recovery of it on. */
  readonly isWindowAudited: boolean;
  readonly drills?: DrillState | undefined;
}

/** Five minutes are usual. */
const USUAL_LAG_MS = 5 * MINUTE_MS;

const isCold = ({ source }: Drill): boolean =>
  source.kind === 'recovery-point' && source.vault?.isCold === true;

/** Reads how long drills took to restore, newest first. */
export const restoresOfDrills = (states: readonly DrillState[]): readonly PastRestore[] =>
  states
    .flatMap(({ current, past }) => (current === undefined ? past : [current, ...past]))
    .flatMap((drill) => {
      const tookMs = restoreTookMs(drill);
      if (tookMs === undefined) return [];
      return [
        {
          table: drill.table,
          tookMs,
          ...(drill.sizeBytes !== undefined && { sizeBytes: drill.sizeBytes }),
          ...(isCold(drill) && { isCold: true as const }),
        },
      ];
    });

const backTo = ({ table: { pitr }, newest, isWindowAudited }: Known, now: Instant): IfLost['back'] => {
  const latest = pitr?.enabled === true ? pitr.latestRestorableAt : undefined;
  if (latest !== undefined) return { to: latest, from: 'point-in-time' };
  if (pitr === undefined && isWindowAudited)
    return { to: now - USUAL_LAG_MS, from: 'point-in-time', isAbout: true };
  return newest === undefined ? undefined : { to: newest.createdAt, from: 'recovery-point' };
};

/** Returns what the newest of those drills proved that proved most. */
export const proofOf = (drills: DrillState | undefined): Proof | undefined => {
  const last = strongestProof(drills);
  if (last === undefined) return undefined;
  const tookMs = restoreTookMs(last);
  return {
    at: provedAt(last),
    level: last.level,
    from: last.source.kind,
    ...(tookMs !== undefined && { tookMs }),
  };
};

/** A backup takes and costs what its own size says: the table may have been emptied since. */
const bytesOf = (back: IfLost['back'], { newest, table }: Known): number | undefined =>
  back?.from === 'recovery-point' ? newest?.sizeBytes : (table.details?.sizeBytes ?? newest?.sizeBytes);

/** Says to which second a table would come back, from what, in about how long and at what cost, and when that was last proved. */
export const ifLost = (
  known: Known,
  {
    now,
    region,
    past,
  }: { readonly now: Instant; readonly region: string; readonly past: readonly PastRestore[] },
): IfLost => {
  const { table, newest, drills } = known;
  const back = backTo(known, now);
  const sizeBytes = bytesOf(back, known);
  const isCold = back?.from === 'recovery-point' && newest?.isCold === true;
  const proof = proofOf(drills);
  return {
    ...(back !== undefined && { back }),
    ...(back === undefined && table.pitr === undefined && { isUnread: true }),
    expected: expectedTime({ table: table.name, sizeBytes }, past),
    cost: back === undefined ? { kind: 'unknown' } : restoreCost(sizeBytes, region, true, isCold),
    ...(proof !== undefined && { proof }),
  };
};
