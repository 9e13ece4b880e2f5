import type { RestoreRecord, RestoreSource } from '../../model/restore.ts';

/**
 * How many restores an account may have under way, and how many bytes in them.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (checked 2026-11-28)
 */
export const RESTORES_AT_ONCE = 50;
export const RESTORED_BYTES_AT_ONCE = 50_000_000_000_000;

/** From this share on a limit is near. */
const NEAR = 0.8;

/** A limit of the service that is near, or in the way: such a restore is started later. */
export type NearLimit =
  | {
      readonly kind: 'restores-at-once';
      /** With those that are planned now; of other people's restores nothing is known. */
      readonly count: number;
      readonly most: number;
      readonly isExceeded: boolean;
    }
  | {
      readonly kind: 'bytes-at-once';
      readonly bytes: number;
      readonly most: number;
      readonly isExceeded: boolean;
    }
  /** One backup is restored once at a time. */
  | { readonly kind: 'same-backup'; readonly id: string; readonly by: string };

/** Whether the service works on it: asked for, and not ACTIVE yet. */
const isRunning = ({ askedAt, activeAt, endedAt }: RestoreRecord): boolean =>
  askedAt !== undefined && activeAt === undefined && endedAt === undefined;

const bytesOf = (source: RestoreSource): number =>
  source.kind === 'recovery-point' ? (source.sizeBytes ?? 0) : 0;

const sameBackup = (source: RestoreSource, running: readonly RestoreRecord[]): readonly NearLimit[] => {
  // Of AWS Backup no such limit is known.
  if (source.kind !== 'recovery-point' || source.vault !== undefined) return [];
  const other = running.find(
    (record) => record.source.kind === 'recovery-point' && record.source.id === source.id,
  );
  return other === undefined ? [] : [{ kind: 'same-backup', id: source.id, by: other.targetTable }];
};

/** Finds which limits of the service restores come near to, with those that are under way. */
export const nearLimits = (
  sources: readonly RestoreSource[],
  records: readonly RestoreRecord[],
): readonly NearLimit[] => {
  const running = records.filter(isRunning);
  const count = running.length + sources.length;
  const bytes = [...running.map(({ source }) => source), ...sources]
    .map(bytesOf)
    .reduce((sum, size) => sum + size, 0);
  const isNear = (amount: number, most: number): boolean => amount >= NEAR * most;
  return [
    ...(isNear(count, RESTORES_AT_ONCE)
      ? [
          {
            kind: 'restores-at-once',
            count,
            most: RESTORES_AT_ONCE,
            isExceeded: count > RESTORES_AT_ONCE,
          } as const,
        ]
      : []),
    ...(isNear(bytes, RESTORED_BYTES_AT_ONCE)
      ? [
          {
            kind: 'bytes-at-once',
            bytes,
            most: RESTORED_BYTES_AT_ONCE,
            isExceeded: bytes > RESTORED_BYTES_AT_ONCE,
          } as const,
        ]
      : []),
    ...sources.flatMap((source) => sameBackup(source, running)),
  ];
};
