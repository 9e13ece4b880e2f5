import { type Failure, ownFailure } from '../../model/failure.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import type { RestoreDeps } from './deps.ts';

/** A table that is not there is gone after two answers this far apart: one alone may be an old one. */
const LOOK_AGAIN_MS = 5 * SECOND_MS;

/** So far from the instant that was noted a call may have left, and clocks may differ. */
const NEAR_MS = 5 * MINUTE_MS;

/** Takes one look, and a second one where the first says that there is no such table. */
export const lookTwice = async (
  { restorer, clock }: Pick<RestoreDeps, 'restorer' | 'clock'>,
  table: string,
): Promise<Reading<RestoredTable>> => {
  const first = await restorer.look(table);
  if (first.kind !== 'missing') return first;
  await clock.sleep(LOOK_AGAIN_MS);
  return await restorer.look(table);
};

/** AWS says what a table comes from while it is CREATING, and may not say it later: one that is made by hand never says it. */
const isFrom = (
  { restoredFrom, status }: RestoredTable,
  { source }: Pick<RestoreRecord, 'source'>,
): boolean =>
  restoredFrom === undefined
    ? status !== 'CREATING'
    : restoredFrom === (source.kind === 'recovery-point' ? source.id : source.tableArn);

/**
 * Says whether a table is what this restore makes: by its id, or where the answer with the id was lost by what it comes from and by when it was
 * made. SAFETY: any other table of that name is someone's own.
 */
export const isOfThis = (
  table: RestoredTable,
  record: Pick<RestoreRecord, 'askedAt' | 'source' | 'targetTableId'>,
): boolean => {
  const { targetTableId, askedAt } = record;
  if (targetTableId !== undefined) return targetTableId === table.tableId;
  return askedAt !== undefined && Math.abs(table.createdAt - askedAt) <= NEAR_MS && isFrom(table, record);
};

/** Says whether it takes a person to let it be read. */
export const isDenied = (failure: Failure): boolean =>
  failure.kind === 'call' && failure.denial !== undefined;

/** Says what is wrong where another table has the name. */
export const otherTable = ({ targetTable }: RestoreRecord): Failure =>
  ownFailure(
    'not-as-asked',
    `${targetTable} is another table than the one that was restored; it is not touched`,
  );

/** Says what is wrong where a table has the name that a restore is to make. */
export const nameTaken = ({ targetTable }: RestoreRecord, { status }: RestoredTable): Failure =>
  ownFailure(
    'not-as-asked',
    status === 'DELETING'
      ? `${targetTable} is being deleted and still has its name`
      : `a table ${targetTable} exists, and a restore never writes to a table that is there`,
  );

/** Says what is wrong where the table is not there any more. */
export const goneTable = ({ targetTable }: RestoreRecord): Failure =>
  ownFailure('not-there', `the table ${targetTable} is gone: it was deleted, or the restore failed`);

/**
 * Looks whether a table that was seen ACTIVE is still there and still the same one.
 * SAFETY: another table that has the name by now is never touched.
 */
export const standsStill = async (
  deps: Pick<RestoreDeps, 'restorer' | 'clock'>,
  record: RestoreRecord,
): Promise<
  { readonly kind: 'same' } | { readonly kind: 'unreadable' | 'lost'; readonly failure: Failure }
> => {
  const looked = await lookTwice(deps, record.targetTable);
  if (looked.kind === 'unreadable') return looked;
  if (looked.kind === 'missing') return { kind: 'lost', failure: goneTable(record) };
  return isOfThis(looked.value, record) ? { kind: 'same' } : { kind: 'lost', failure: otherTable(record) };
};
