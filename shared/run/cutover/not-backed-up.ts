import { policiesNamedBy } from '../../core/policy/govern.ts';
import type { CutoverRecord } from '../../model/cutover.ts';
import type { Failure } from '../../model/failure.ts';
import { tableArn } from '../../model/target.ts';
import type { Restorer } from '../../ports/restore.ts';
import type { Deps } from '../deps.ts';

/** A table that is in use since a cut-over, and which no policy backs up as it did the old one. */
export interface NotBackedUp {
  readonly table: string;
  readonly tableArn: string;
  readonly region: string;
  readonly tag: string;
  /** What the old table's policy tag was. */
  readonly value: string;
  /** Set where its tags could not be read, so that nobody knows. */
  readonly unread?: Failure;
}

type Parts = Pick<Deps, 'policies' | 'tableReader' | 'target'>;

/** A swap puts the old table's tags on by itself. */
const isMoved = ({ phase, givenUp, choices }: CutoverRecord): boolean =>
  phase === 'ended' && givenUp !== true && choices.mode === 'move';

const lookAt = async (
  { policies, tableReader, target }: Parts,
  restorer: Restorer,
  { restored, restoredId, region, settings }: CutoverRecord,
): Promise<NotBackedUp | undefined> => {
  const { tag } = policies;
  const value = settings.tags?.[tag];
  if (value === undefined || policiesNamedBy(value).length === 0) return undefined;
  const looked = await restorer.look(restored);
  if (looked.kind === 'missing' || (looked.kind === 'found' && looked.value.tableId !== restoredId))
    return undefined;
  const found = { table: restored, tableArn: tableArn(restored, target), region, tag, value };
  const tags = looked.kind === 'found' ? await tableReader.readTags(restored) : looked;
  if (tags.kind === 'unreadable') return { ...found, unread: tags.failure };
  const has = tags.kind === 'found' ? tags.value[tag] : undefined;
  return has === undefined || policiesNamedBy(has).length === 0 ? found : undefined;
};

/** Each cut-over of a table counts for itself: a table may have been moved on since, and one that is gone needs no backups. */
const lastOfEach = (records: readonly CutoverRecord[]): readonly CutoverRecord[] => [
  ...new Map(records.toReversed().map((record) => [record.restoredId, record])).values(),
];

/**
 * Finds the tables that cut-overs moved to and that opt out of backups still, as a copy to look at does. SAFETY: nothing else repeats it: the audit takes
 * the tag for meant. `records`: newest first.
 */
export const notBackedUpAfter = async (
  parts: Parts,
  restorer: Restorer,
  records: readonly CutoverRecord[],
): Promise<readonly NotBackedUp[]> => {
  const movedOn = new Set(records.filter(isMoved).map(({ tableId }) => tableId));
  const moved = lastOfEach(records.filter(isMoved)).filter(({ restoredId }) => !movedOn.has(restoredId));
  const found = await Promise.all(moved.map((record) => lookAt(parts, restorer, record)));
  return found.filter((one) => one !== undefined);
};
