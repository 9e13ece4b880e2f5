import type { Tags } from '../dynamodb/table.ts';
import type { RecoveryPoint } from './points.ts';

/** A hold over recovery points: none of them is deleted while it is in force. */
export interface LegalHold {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly createdAt: number;
  readonly selection: HoldSelection;
  tags: Tags;
  status: 'ACTIVE' | 'CANCELED' | 'CANCELING' | 'CREATING';
  canceledAt: number | undefined;
  cancelDescription: string | undefined;
  /** What it took in when it was made. Points of later are not held. */
  held: ReadonlySet<RecoveryPoint>;
}

/** Everything where nothing is given. */
export interface HoldSelection {
  readonly vaultNames?: readonly string[];
  readonly resourceIdentifiers?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

const isWithin = (names: readonly string[] | undefined, name: string): boolean =>
  names === undefined || names.length === 0 || names.includes(name);

/** Whether a selection takes a point in. Points that are being deleted, or should be, are left out. */
export const selects = (selection: HoldSelection, point: RecoveryPoint): boolean =>
  isWithin(selection.vaultNames, point.vaultName) &&
  isWithin(selection.resourceIdentifiers, point.source.tableArn) &&
  point.createdAt >= (selection.from ?? Number.NEGATIVE_INFINITY) &&
  point.createdAt <= (selection.to ?? Number.POSITIVE_INFINITY) &&
  point.status !== 'EXPIRED' &&
  point.status !== 'DELETING';

/** Whether some hold keeps the point. One that is being made or cancelled does not yet, or no longer. */
export const isHeld = (holds: Iterable<LegalHold>, point: RecoveryPoint): boolean => {
  for (const hold of holds) if (hold.status === 'ACTIVE' && hold.held.has(point)) return true;
  return false;
};
