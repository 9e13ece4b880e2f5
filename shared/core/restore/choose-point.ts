import type { RestoreSource } from '../../model/restore.ts';
import type { Target } from '../../model/target.ts';
import { type Choice, type Chosen, type NameView, type RefusalReason, refused } from './choice.ts';
import { isRestorable, type PointOption, secondOf } from './incarnations.ts';
import { neighboursOf } from './neighbours.ts';

/** Builds the source that a backup is. A size that the service does not state is zero in it. */
export const pointSource = (point: PointOption, table: string): RestoreSource => ({
  kind: 'recovery-point',
  table,
  tableId: point.tableId,
  id: point.id,
  createdAt: point.createdAt,
  madeBy: point.madeBy,
  sizeBytes: point.sizeBytes ?? 0,
});

const ARN = /^arn:[^:]+:dynamodb:([^:]+):(\d{12}):table\/([^/]+)\//;

const placeOf = (id: string): { readonly of: Target; readonly table: string } | undefined => {
  const [, region, accountId, table] = ARN.exec(id) ?? [];
  if (region === undefined || accountId === undefined || table === undefined) return undefined;
  return { of: { accountId, region }, table };
};

/** What its ARN alone says against it. */
const misplaced = (view: NameView, id: string): RefusalReason | undefined => {
  const place = placeOf(id);
  if (place === undefined) return { kind: 'unknown-point', id };
  const { accountId, region } = view.target;
  if (place.of.accountId !== accountId || place.of.region !== region)
    return { kind: 'elsewhere', id, of: place.of };
  return place.table === view.table ? undefined : { kind: 'point-of-another-table', id, of: place.table };
};

const unfit = (point: PointOption): RefusalReason => {
  switch (point.status) {
    case 'creating':
    case 'unknown':
      return { kind: 'point-creating', point };
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
    neighbours: neighboursOf([incarnation], at, view.now),
  };
};

/** Takes the backup that a person named, whoever made it and of whichever incarnation it is, if it can be restored now. */
export const choosePoint = (
  view: NameView,
  { id }: { readonly id: string; readonly table: string },
): Choice => {
  const reason = misplaced(view, id);
  if (reason !== undefined) return refused(view, reason);
  const incarnation = view.incarnations.find(({ points }) => points.some((one) => one.id === id));
  const point = incarnation?.points.find((one) => one.id === id);
  if (incarnation === undefined || point === undefined) return refused(view, { kind: 'unknown-point', id });
  return isRestorable(point, view.now)
    ? takenByName(view, point, incarnation)
    : refused(view, unfit(point), { incarnation });
};
