import type { RestoreRecord } from '../../model/restore.ts';

/** How long one restore took until its table was ACTIVE. */
export interface PastRestore {
  readonly table: string;
  /** Absent where it is not known, as with point-in-time recovery. */
  readonly sizeBytes?: number;
  readonly tookMs: number;
}

/** How long a restore will take. `unknown`: nothing of the kind was restored here; what AWS says is all there is. */
export type ExpectedTime =
  | {
      readonly kind: 'own-table' | 'like-size';
      readonly count: number;
      readonly shortestMs: number;
      readonly longestMs: number;
    }
  | { readonly kind: 'unknown' };

/** Times follow size only roughly: half and twice as much are alike. */
const ALIKE = 2;

const isAlike = (one: number, other: number): boolean => one <= ALIKE * other && other <= ALIKE * one;

const isNotUnlike = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined || isAlike(one, other);

/** Reads how long restores took out of their records. Those that did not reach ACTIVE say nothing. */
export const pastRestores = (records: readonly RestoreRecord[]): readonly PastRestore[] =>
  records.flatMap(({ source, askedAt, acceptedAt = askedAt, activeAt }) =>
    acceptedAt === undefined || activeAt === undefined
      ? []
      : [
          {
            table: source.table,
            tookMs: activeAt - acceptedAt,
            // Zero stands for a size that the service did not say, too.
            ...(source.kind === 'recovery-point' && source.sizeBytes > 0 && { sizeBytes: source.sizeBytes }),
          },
        ],
  );

const summed = (kind: 'own-table' | 'like-size', past: readonly PastRestore[]): ExpectedTime | undefined => {
  const times = past.map(({ tookMs }) => tookMs);
  if (times.length === 0) return undefined;
  return {
    kind,
    count: times.length,
    shortestMs: Math.min(...times),
    longestMs: Math.max(...times),
  };
};

/**
 * Estimates how long a restore takes, from earlier ones of the table unless their size was another one, else from those of a like size. It is
 * never computed from a size.
 */
export const expectedTime = (
  { table, sizeBytes }: { readonly table: string; readonly sizeBytes?: number | undefined },
  past: readonly PastRestore[],
): ExpectedTime => {
  const own = past.filter((one) => one.table === table && isNotUnlike(one.sizeBytes, sizeBytes));
  const alike = past.filter(
    (one) => one.sizeBytes !== undefined && sizeBytes !== undefined && isAlike(one.sizeBytes, sizeBytes),
  );
  return summed('own-table', own) ?? summed('like-size', alike) ?? { kind: 'unknown' };
};
