import { secondOf } from '../../core/restore/point-option.ts';
import { restoreOfCommand } from '../../core/text/commands.ts';
import { advise, followedBy } from '../../model/advice.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { isoInstant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord, RestoreSource } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import type { RestoreDeps, Unfinished } from './deps.ts';

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

/** Whose table has the name. `unproven`: AWS does not say what it comes from, and it was made when this one may have been. */
export type WhoseTable = 'this' | 'other' | 'unproven';

/** Two restores of one table to two seconds are two. A backup has only the one second, which AWS may state by its own clock. */
const isOfSecond = ({ restoredTo }: RestoredTable, source: RestoreSource): boolean =>
  source.kind !== 'point-in-time' ||
  restoredTo === undefined ||
  secondOf(restoredTo) === secondOf(source.second);

/** AWS says what a table comes from while it is CREATING, and may not say it later: one that is made by hand never says it. */
const byOrigin = (table: RestoredTable, { source }: Pick<RestoreRecord, 'source'>): WhoseTable => {
  const { restoredFrom, status } = table;
  if (restoredFrom === undefined) return status === 'CREATING' ? 'other' : 'unproven';
  const wanted = source.kind === 'recovery-point' ? source.id : source.tableArn;
  return restoredFrom === wanted && isOfSecond(table, source) ? 'this' : 'other';
};

/**
 * Says whose table it is that has the name: by its id, or where the answer with the id was lost by what it comes from and by when it was made.
 * SAFETY: what AWS does not prove to be of this restore may be someone's own, such as the table that a deployment made again meanwhile.
 */
export const whoseTable = (
  table: RestoredTable,
  record: Pick<RestoreRecord, 'askedAt' | 'source' | 'targetTableId'>,
): WhoseTable => {
  const { targetTableId, askedAt } = record;
  if (targetTableId !== undefined) return targetTableId === table.tableId ? 'this' : 'other';
  const isNear = askedAt !== undefined && Math.abs(table.createdAt - askedAt) <= NEAR_MS;
  return isNear ? byOrigin(table, record) : 'other';
};

/** Stops a restore before a table that may be its own, with what a person can do who knows. */
export const unproven = ({ tableId, createdAt }: RestoredTable, record: RestoreRecord): Unfinished => {
  const { targetTable, askedAt = createdAt } = record;
  return {
    kind: 'unfinished',
    record,
    why: `the answer to the call was lost, and ${targetTable} stands there (id ${tableId}, made ${isoInstant(createdAt)}, the call left ${isoInstant(askedAt)}): AWS does not say any more what it comes from, so nothing is changed on it`,
    fix: followedBy(
      advise('Where nobody else made it, take it for the restored one:', restoreOfCommand('--adopt', record)),
      advise('Where somebody did, forget this restore:', restoreOfCommand('--give-up', record)),
    ),
  };
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

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Restore.Tutorial.html (checked 2026-11-29) */
const CANCELLED =
  'it was deleted, or AWS cancelled the restore, as it does where the key or the rights of whoever restores change meanwhile, or a policy of theirs has a condition on aws:SourceIp that does not let AWS call for them (aws:ViaAWSService)';

/** Says what is wrong where the table is not there any more. */
export const goneTable = ({ targetTable, activeAt }: RestoreRecord): Failure =>
  ownFailure(
    'not-there',
    activeAt === undefined
      ? `the table ${targetTable} is gone: ${CANCELLED}`
      : `the table ${targetTable} is gone: it was deleted`,
  );

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
  return whoseTable(looked.value, record) === 'this'
    ? { kind: 'same' }
    : { kind: 'lost', failure: otherTable(record) };
};
