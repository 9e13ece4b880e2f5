import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Withheld } from '../../model/picture.ts';
import type { TableStatus } from '../../model/table.ts';
import { type PointOption, secondOf } from './point-option.ts';
import type { KnownOfName } from './points-of-name.ts';
import { pointsOf } from './points-of-name.ts';

/** The whole seconds that point-in-time recovery reaches, both ends included. */
export interface RestorableWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** One table that has or had a name, from its creation to its deletion, with what can be restored of it. */
export interface Incarnation {
  readonly table: string;
  readonly tableId: string;
  /** `unseen`: whether it exists could not be read. */
  readonly state: 'standing' | 'deleted' | 'unseen';
  /** Only of a standing one, with the next two. */
  readonly status?: TableStatus;
  readonly arn?: string;
  /** The backup into which DynamoDB archived it; absent where it did not. */
  readonly archivalBackupArn?: string;
  readonly sizeBytes?: number;
  /** Absent where neither the table nor a manifest says. */
  readonly createdAt?: Instant;
  /** When it is known to have existed: from its creation or the first sign of it, to the last. */
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Said by its SYSTEM backup; absent where there is none, also of a deleted one. */
  readonly deletedAt?: Instant;
  /** Of a deleted one point-in-time recovery reaches no second any more. */
  readonly pitr: 'on' | 'off' | 'unread' | 'deleted';
  /** SAFETY: of the standing table only; no second of it ever stands for one of an earlier incarnation. */
  readonly window?: RestorableWindow;
  /** Why no second of the window can be restored; absent where they can. */
  readonly withheld?: Withheld;
  /** Oldest first. */
  readonly points: readonly PointOption[];
}

/** A table that is being made or deleted has no seconds to give. */
const WITHOUT_SECONDS: readonly TableStatus[] = ['CREATING', 'DELETING'];

/** Undefined where the window has not a whole second yet, as right after it was switched on. */
const windowOf = ({ details, pitr }: NonNullable<KnownOfName['standing']>): RestorableWindow | undefined => {
  const { enabled, earliestRestorableAt: earliest, latestRestorableAt: latest } = pitr ?? { enabled: false };
  if (!enabled || earliest === undefined || latest === undefined) return undefined;
  if (WITHOUT_SECONDS.includes(details.status)) return undefined;
  const window = { from: Math.ceil(earliest / SECOND_MS) * SECOND_MS, to: secondOf(latest) };
  return window.from <= window.to ? window : undefined;
};

const pitrOf = ({ pitr }: NonNullable<KnownOfName['standing']>): Incarnation['pitr'] => {
  if (pitr === undefined) return 'unread';
  return pitr.enabled ? 'on' : 'off';
};

const standingPart = (standing: NonNullable<KnownOfName['standing']>) => {
  const { details, arn } = standing;
  const window = windowOf(standing);
  return {
    state: 'standing',
    status: details.status,
    arn,
    ...(details.archivalBackupArn !== undefined && { archivalBackupArn: details.archivalBackupArn }),
    sizeBytes: details.sizeBytes,
    pitr: pitrOf(standing),
    ...(window !== undefined && { window }),
  } as const;
};

const goneState = ({ standing, unseen }: KnownOfName, isDeleted: boolean): Incarnation['state'] => {
  const cannotTell = standing === undefined && unseen.some(({ part }) => part === 'table');
  return cannotTell && !isDeleted ? 'unseen' : 'deleted';
};

const gonePart = (known: KnownOfName, deletedAt: Instant | undefined) => {
  const state = goneState(known, deletedAt !== undefined);
  return {
    state,
    pitr: state === 'unseen' ? 'unread' : 'deleted',
    ...(deletedAt !== undefined && { deletedAt }),
  } as const;
};

const incarnationOf = (tableId: string, known: KnownOfName, all: readonly PointOption[]): Incarnation => {
  const points = all.filter((point) => point.tableId === tableId);
  const manifests = known.manifests.filter((manifest) => manifest.tableId === tableId);
  const standing = known.standing?.details.tableId === tableId ? known.standing : undefined;
  const createdAt = standing?.details.createdAt ?? manifests[0]?.tableCreatedAt;
  const deletedAt = points.find(({ madeBy }) => madeBy === 'system')?.createdAt;
  const seen = [...points.map((point) => point.createdAt), ...manifests.map((one) => one.confirmedAt)];
  const signs = createdAt === undefined ? seen : [createdAt, ...seen];
  return {
    table: known.table,
    tableId,
    ...(createdAt !== undefined && { createdAt }),
    firstSeenAt: createdAt ?? Math.min(...signs),
    lastSeenAt: Math.max(...signs),
    // A SYSTEM backup is made when a table is deleted: while it is still shown as DELETING it gives no second any more.
    ...(standing === undefined || deletedAt !== undefined
      ? gonePart(known, deletedAt)
      : standingPart(standing)),
    points,
  };
};

/**
 * Lists every table that has or had a name, oldest first, each with what can be restored of it. Tables are told apart by their id: one
 * made again under its name is another one.
 */
export const incarnationsOf = (known: KnownOfName, instance: string): readonly Incarnation[] => {
  const points = pointsOf(known, instance);
  const ids = [
    ...(known.standing === undefined ? [] : [known.standing.details.tableId]),
    ...points.map(({ tableId }) => tableId),
    ...known.manifests.map(({ tableId }) => tableId),
  ];
  return [...new Set(ids)]
    .map((tableId) => incarnationOf(tableId, known, points))
    .toSorted(
      (a, b) =>
        Number(a.state === 'standing') - Number(b.state === 'standing') ||
        a.firstSeenAt - b.firstSeenAt ||
        (a.tableId < b.tableId ? -1 : 1),
    );
};

/** Which table had the name at a second. */
export type StoodThen =
  | { readonly kind: 'stood'; readonly incarnation: Incarnation }
  /** Deleted before that second, or not seen any more: it was the last one before. */
  | { readonly kind: 'deleted-by-then' | 'maybe-deleted-by-then'; readonly incarnation: Incarnation }
  /** None is known of before. */
  | { readonly kind: 'none' };

/** Finds which incarnation had the name at a second. */
export const incarnationAt = (incarnations: readonly Incarnation[], second: Instant): StoodThen => {
  const incarnation = incarnations.findLast(({ firstSeenAt }) => secondOf(firstSeenAt) <= second);
  if (incarnation === undefined) return { kind: 'none' };
  const { state, deletedAt, lastSeenAt } = incarnation;
  if (deletedAt !== undefined)
    return { kind: secondOf(deletedAt) < second ? 'deleted-by-then' : 'stood', incarnation };
  const isSure = state === 'standing' || second <= lastSeenAt;
  return { kind: isSure ? 'stood' : 'maybe-deleted-by-then', incarnation };
};
