import { HOUR_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';

/** How long one restore took until its table was ACTIVE. */
export interface PastRestore {
  readonly table: string;
  /** Absent where it is not known, as with point-in-time recovery. */
  readonly sizeBytes?: number;
  /** It came out of cold storage, which takes hours. */
  readonly isCold?: true;
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
  /** `coldMs`: what AWS says that cold storage adds; absent where it is warm. */
  | { readonly kind: 'unknown'; readonly coldMs?: number };

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
            ...(source.kind === 'recovery-point' && source.vault?.isCold === true && { isCold: true }),
            // In records of earlier versions zero stands for a size that the service did not say, too.
            ...(source.kind === 'recovery-point' &&
              (source.sizeBytes ?? 0) > 0 && { sizeBytes: source.sizeBytes }),
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
 * What a restore from cold storage takes longer.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html (checked 2026-11-28)
 */
const COLD_MS = 4 * HOUR_MS;

/** What is restored. */
interface ExpectedOf {
  readonly table: string;
  readonly sizeBytes?: number | undefined;
  readonly isCold?: boolean;
}

/**
 * Estimates how long a restore takes, from earlier ones of the table unless their size was another one, else from those of a like size. It is
 * never computed from a size.
 */
export const expectedTime = (
  { table, sizeBytes, isCold = false }: ExpectedOf,
  all: readonly PastRestore[],
): ExpectedTime => {
  const past = all.filter((one) => (one.isCold ?? false) === isCold);
  const own = past.filter((one) => one.table === table && isNotUnlike(one.sizeBytes, sizeBytes));
  const alike = past.filter(
    (one) => one.sizeBytes !== undefined && sizeBytes !== undefined && isAlike(one.sizeBytes, sizeBytes),
  );
  return (
    summed('own-table', own) ??
    summed('like-size', alike) ?? { kind: 'unknown', ...(isCold && { coldMs: COLD_MS }) }
  );
};
