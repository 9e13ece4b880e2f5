import type { Drill, DrillState } from '../../model/drill.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { SeenTable } from '../../model/picture.ts';
import type { DrillLevel } from '../../model/policy.ts';
import type { RestoreRecord, RestoreSource } from '../../model/restore.ts';
import { drillsByTable, provedAt, restoreTookMs, strongestProof } from '../drill/proof.ts';
import { type RestoreCost, restoreCost } from '../restore/cost.ts';
import { type ExpectedTime, expectedTime, type PastRestore, pastRestores } from '../restore/expected-time.ts';

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
  /** What would come back; absent where nothing is known that could. `asOf`: an audit saw the window then; it has moved on, or was switched off. */
  readonly back?: {
    readonly to: Instant;
    readonly from: RestoreSource['kind'];
    readonly asOf?: Instant;
    /** The Region of the copy that it comes back from, and is made in; absent where it is no copy. */
    readonly copyIn?: string;
  };
  /** Set where nothing is known, and point-in-time recovery was not read or that was too long ago: there may be something. */
  readonly isUnread?: true;
  /** From drills of this account, and from restores where those were read. */
  readonly expected: ExpectedTime;
  readonly cost: RestoreCost;
  readonly proof?: Proof;
}

/** What is known of one table. */
export interface Known {
  readonly table: Pick<SeenTable, 'copies' | 'name' | 'newest' | 'pitr' | 'sizeBytes' | 'withheld'>;
  /** When it was seen, where that was before now. */
  readonly seenAt?: Instant | undefined;
  readonly drills?: DrillState | undefined;
}

/** Longer ago nobody knows whether point-in-time recovery is still on, or a recovery point still there: two audits, of which one may be late. */
const COUNTS_MS = 12 * HOUR_MS;

/** Whether what was seen of a table is too old to say how it stands now. Exactly two audits still count. */
export const isTooOld = (seenAt: Instant, now: Instant): boolean => now - seenAt > COUNTS_MS;

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

/** SAFETY: of a window that an audit saw nobody knows that it is still there, so that it is given as it was seen. */
const windowEnd = ({ seenAt, table: { pitr, withheld } }: Known): IfLost['back'] => {
  const isReached = pitr?.enabled === true && withheld === undefined;
  const latest = isReached ? pitr.latestRestorableAt : undefined;
  if (latest === undefined) return undefined;
  if (seenAt === undefined) return { to: latest, from: 'point-in-time' };
  return { to: latest, from: 'point-in-time', asOf: seenAt };
};

const newestPoint = ({ copies, newest }: Known['table']): IfLost['back'] => {
  const point = newest ?? copies;
  if (point === undefined) return undefined;
  return {
    to: point.createdAt,
    from: 'recovery-point',
    ...(newest === undefined && copies !== undefined && { copyIn: copies.region }),
  };
};

const backTo = (known: Known, now: Instant): IfLost['back'] => {
  const { seenAt, table } = known;
  if (seenAt !== undefined && isTooOld(seenAt, now)) return undefined;
  return windowEnd(known) ?? newestPoint(table);
};

const isUnread = ({ seenAt, table: { pitr } }: Known, now: Instant): boolean =>
  pitr === undefined || (seenAt !== undefined && isTooOld(seenAt, now));

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
const bytesOf = (back: IfLost['back'], { copies, newest, sizeBytes }: Known['table']): number | undefined =>
  back?.from === 'recovery-point' ? (newest ?? copies)?.sizeBytes : (sizeBytes ?? newest?.sizeBytes);

/** Says to which second a table would come back, from what, in about how long and at what cost, and when that was last proved. */
export const ifLost = (
  known: Known,
  {
    now,
    region,
    past,
  }: { readonly now: Instant; readonly region: string; readonly past: readonly PastRestore[] },
): IfLost => {
  const { drills, table } = known;
  const back = backTo(known, now);
  const sizeBytes = bytesOf(back, table);
  const isCold = back?.from === 'recovery-point' && table.newest?.isCold === true;
  const proof = proofOf(drills);
  return {
    ...(back !== undefined && { back }),
    ...(back === undefined && isUnread(known, now) && { isUnread: true as const }),
    expected: expectedTime({ table: table.name, sizeBytes }, past),
    cost:
      back === undefined ? { kind: 'unknown' } : restoreCost(sizeBytes, back.copyIn ?? region, true, isCold),
    ...(proof !== undefined && { proof }),
  };
};

/** What drills and people restored. */
export interface Proven {
  /** What drills came to. */
  readonly drills: readonly DrillState[];
  /** What people restored; absent where that was not read. */
  readonly restores?: readonly RestoreRecord[];
}

/** Tables that were looked at. */
export interface Losable extends Proven {
  readonly tables: readonly SeenTable[];
  readonly region: string;
  readonly now: Instant;
  /** When each was seen; absent where that is now. */
  readonly seenAt?: (table: string) => Instant;
}

/** Creates a function that says of each table what would become of it. */
export const lossesOf = ({ drills, now, region, restores = [], seenAt, tables }: Losable) => {
  const states = drillsByTable(
    drills,
    tables.map(({ name, tableId }) => ({ name, ...(tableId !== undefined && { details: { tableId } }) })),
  );
  const scope = { now, region, past: [...restoresOfDrills(drills), ...pastRestores(restores)] };
  return (table: SeenTable): IfLost =>
    ifLost({ table, drills: states.get(table.name), seenAt: seenAt?.(table.name) }, scope);
};
