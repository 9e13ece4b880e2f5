import { restoreOfCommand } from '../../core/text/commands.ts';
import { advise } from '../../model/advice.ts';
import { type Failure, failureText } from '../../model/failure.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved, type Unfinished } from './deps.ts';
import { goneTable, isDenied, lookTwice, otherTable, unproven, whoseTable } from './whose-table.ts';

const LOOK_EVERY_MS = 15 * SECOND_MS;

/** New tables have taken minutes to be seen. */
const UNSEEN_MS = 15 * MINUTE_MS;

/** For how long a session goes on where nothing can be read. */
const BLIND_MS = 15 * MINUTE_MS;

/** A table that is UPDATING was ACTIVE before: what needs no other change of it goes on meanwhile. */
const isReady = ({ status, indexesUnderWay }: RestoredTable): boolean =>
  (status === 'ACTIVE' || status === 'UPDATING') && indexesUnderWay.length === 0;

const notSeen = (record: RestoreRecord): Unfinished => ({
  kind: 'unfinished',
  record,
  why: `the restore to ${record.targetTable} was asked for and the table is not to be seen; it is not started again by itself`,
  fix: advise(
    'Where it does not appear, forget it; then it can be restored again:',
    restoreOfCommand('--give-up', record),
  ),
});

/** Remembers the id of what is being made, so that another table of that name is never taken for it. */
const identified = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { tableId }: RestoredTable,
): Promise<RestoreRecord> =>
  record.seenAt === undefined
    ? await saved(deps, { ...record, targetTableId: tableId, seenAt: deps.clock.now() })
    : record;

/** Since when nothing was seen, and since when nothing could be read. */
interface Patience {
  readonly seenAt: Instant;
  readonly readAt: Instant;
}

type Look = Reading<RestoredTable>;

const onFound = async (deps: RestoreDeps, record: RestoreRecord, table: RestoredTable): Promise<Stretch> => {
  const now = deps.clock.now();
  const whose = whoseTable(table, record);
  if (whose === 'other') return await endedFailed(deps, record, otherTable(record));
  if (whose === 'unproven') return unproven(table, record);
  const known = await identified(deps, record, table);
  if (isReady(table))
    return { kind: 'ready', record: await saved(deps, { ...known, phase: 'active', activeAt: now }) };
  deps.onProgress({ record: known, now, status: table.status, sizeBytes: table.sizeBytes });
  return { kind: 'on', record: known };
};

const onMissing = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { seenAt }: Patience,
): Promise<Stretch> => {
  const now = deps.clock.now();
  deps.onProgress({ record, now });
  if (now - seenAt < UNSEEN_MS) return { kind: 'on', record };
  if (record.seenAt !== undefined) return await endedFailed(deps, record, goneTable(record));
  return notSeen(record);
};

const onUnreadable = (
  { clock, onProgress }: RestoreDeps,
  record: RestoreRecord,
  failure: Failure,
  { readAt }: Patience,
): Stretch => {
  const now = clock.now();
  const why = failureText(failure);
  onProgress({ record, now, waitsFor: why });
  return isDenied(failure) || now - readAt >= BLIND_MS
    ? { kind: 'unfinished', record, why }
    : { kind: 'on', record };
};

const judge = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  looked: Look,
  patience: Patience,
): Promise<Stretch> => {
  if (looked.kind === 'found') return await onFound(deps, record, looked.value);
  if (looked.kind === 'missing') return await onMissing(deps, record, patience);
  return onUnreadable(deps, record, looked.failure, patience);
};

/**
 * Waits until a restored table and all its indexes are ACTIVE, however long that takes. Ends at
 * once where looking is denied; leaves a table that is not seen for a quarter of an hour, and one
 * that cannot be read for as long, to a later session.
 */
export const followRestore = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Stretch> => {
  const { clock } = deps;
  let patience: Patience = { seenAt: clock.now(), readAt: clock.now() };
  let step: Stretch = { kind: 'on', record: begun };
  while (step.kind === 'on') {
    const looked = await lookTwice(deps, step.record.targetTable);
    const now = clock.now();
    patience = {
      seenAt: looked.kind === 'found' ? now : patience.seenAt,
      readAt: looked.kind === 'unreadable' ? patience.readAt : now,
    };
    step = await judge(deps, step.record, looked, patience);
    if (step.kind === 'on') await clock.sleep(LOOK_EVERY_MS);
  }
  return step;
};
