import { parsePointArn } from '../../model/point-arn.ts';
import type { RestoreSource } from '../../model/restore.ts';
import { type Choice, type Chosen, type NameView, type RefusalReason, refused } from './choice.ts';
import { neighboursOf } from './neighbours.ts';
import { isRestorable, type PointOption, secondOf } from './point-option.ts';

/** Builds the source that a backup is. */
export const pointSource = (point: PointOption, table: string): RestoreSource => ({
  kind: 'recovery-point',
  table,
  tableId: point.tableId,
  id: point.id,
  createdAt: point.createdAt,
  madeBy: point.madeBy,
  ...(point.sizeBytes !== undefined && { sizeBytes: point.sizeBytes }),
  ...(point.vault !== undefined && { vault: point.vault }),
});

/** What its ARN alone says against it. One of AWS Backup names no table, and is restored in its own Region. */
const misplaced = (view: NameView, id: string): RefusalReason | undefined => {
  const place = parsePointArn(id);
  if (place === undefined) return { kind: 'unknown-point', id };
  const { target: of, table } = place;
  if (table === undefined)
    return of.accountId === view.target.accountId ? undefined : { kind: 'in-another-account', id, of };
  if (of.accountId !== view.target.accountId || of.region !== view.target.region)
    return { kind: 'elsewhere', id, of };
  return table === view.table ? undefined : { kind: 'point-of-another-table', id, of: table };
};

const unfit = (point: PointOption): RefusalReason => {
  if (point.beyond === 'region') return { kind: 'in-another-region', point };
  switch (point.status) {
    case 'creating':
      return { kind: 'point-creating', point };
    case 'unknown':
      return { kind: 'point-unclear', point };
    case 'deleted':
    case 'deleting':
    case 'unusable':
      return { kind: 'point-deleted', point };
    case 'available':
    case 'expired':
      return { kind: 'point-expired', point };
  }
};

const takenByName = (view: NameView, point: PointOption, incarnation: Chosen['incarnation']): Chosen => {
  const at = secondOf(point.createdAt);
  return {
    kind: 'chosen',
    view,
    source: pointSource(point, view.table),
    incarnation,
    because: 'named',
    at,
    lackedMs: 0,
    neighbours: neighboursOf([incarnation], at, view),
  };
};

/** Takes the backup that a person named, whoever made it and of whichever incarnation it is, if it can be restored now. */
export const choosePoint = (view: NameView, { id }: { readonly id: string }): Choice => {
  const incarnation = view.incarnations.find(({ points }) => points.some((one) => one.id === id));
  const point = incarnation?.points.find((one) => one.id === id);
  const reason = misplaced(view, id);
  if (reason !== undefined)
    return refused(view, reason.kind === 'in-another-account' && point ? { ...reason, point } : reason);
  if (incarnation === undefined || point === undefined) return refused(view, { kind: 'unknown-point', id });
  return isRestorable(point, view.now)
    ? takenByName(view, point, incarnation)
    : refused(view, unfit(point), { incarnation });
};
