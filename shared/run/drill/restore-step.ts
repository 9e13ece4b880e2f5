import type { Drill } from '../../model/drill.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import { lookTwice, whoseTable } from '../restore/whose-table.ts';
import { type DrillDeps, end, failed, goOn, type Moved, type Underway, waitFor } from './deps.ts';

/** How long a restore that may have begun is looked for. New tables have taken minutes to be seen. */
const UNSEEN_MS = HOUR_MS;

/** AWS states no limit; nothing that was measured took as long. */
const LONGEST_MS = DAY_MS;

/** How long a restore that AWS puts off is asked for again. */
const PATIENCE_MS = DAY_MS;

/**
 * Says whether a table is the one that a drill makes. SAFETY: where AWS does not say any more what a table comes from, its name proves it: the end of it
 * was drawn by lot and written only into the record of the drill.
 */
export const isOfDrill = (table: RestoredTable, { source, drillTableId, askedAt }: Drill): boolean =>
  whoseTable(table, {
    source,
    ...(drillTableId !== undefined && { targetTableId: drillTableId }),
    ...(askedAt !== undefined && { askedAt }),
  }) !== 'other';

/** Says what is wrong where another table has the name. */
export const otherTableOf = ({ drillTable }: Drill): Failure =>
  ownFailure('not-as-asked', `${drillTable} is not the table that the drill made; it is not touched`);

const accepted = (
  deps: DrillDeps,
  state: Underway,
  { putOff: _, ...drill }: Drill,
  tableId?: string,
): Promise<Moved> =>
  goOn(deps, state, {
    ...drill,
    phase: 'started',
    acceptedAt: deps.clock.now(),
    ...(tableId !== undefined && { drillTableId: tableId }),
  });

const forgetCall = ({ askedAt: _, ...drill }: Drill): Drill => drill;

/** SAFETY: the instant of the call is written before it. */
const ask = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { clock, restorer, states } = deps;
  const current: Drill = { ...state.current, askedAt: clock.now() };
  const asked: Underway = { ...(await states.save({ ...state, current })), current };
  const answer = await restorer.start(current.source, current.drillTable ?? '', current.overrides);
  if (answer.kind === 'accepted') return await accepted(deps, asked, current, answer.tableId);
  if (answer.kind === 'unknown') return await accepted(deps, asked, current);
  if (answer.kind === 'refused') return await end(deps, asked, failed(forgetCall(current), answer.failure));
  const again: Drill = { ...forgetCall(current), putOff: answer.failure };
  if (clock.now() - current.plannedAt >= PATIENCE_MS)
    return await end(deps, asked, failed(again, answer.failure));
  return waitFor({ ...(await states.save({ ...asked, current: again })), current: again });
};

/**
 * Starts the restore of a drill. SAFETY: never into a name that a table has, and a call that may have been sent is never sent again: what it made is
 * looked for instead.
 */
export const startDrill = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const looked = await deps.restorer.look(current.drillTable ?? '');
  if (looked.kind === 'unreadable') return waitFor(state, looked.failure);
  if (current.askedAt === undefined)
    return looked.kind === 'missing'
      ? await ask(deps, state)
      : await end(deps, state, failed(current, otherTableOf(current)));
  if (looked.kind === 'missing') return await accepted(deps, state, current);
  return isOfDrill(looked.value, current)
    ? await accepted(deps, state, current, looked.value.tableId)
    : await end(deps, state, failed(current, otherTableOf(current)));
};

/** Says whether a table and all of its indexes can be used. */
export const isReady = ({ status, indexesUnderWay }: RestoredTable): boolean =>
  (status === 'ACTIVE' || status === 'UPDATING') && indexesUnderWay.length === 0;

const remove = (deps: DrillDeps, state: Underway, why: Failure): Promise<Moved> =>
  goOn(deps, state, { ...failed(state.current, why), phase: 'deleting' });

const tooLong = (current: Drill): Failure =>
  ownFailure('not-ready', `the restore to ${current.drillTable} has not ended within a day`);

/** Writes down that a table is not ready, because its restore took at least that long, and leaves the drill to a later run. */
export const seenUnready = async (
  { states }: Pick<DrillDeps, 'states'>,
  state: Underway,
  now: Instant,
): Promise<Moved> => {
  const current: Drill = { ...state.current, unreadyAt: now };
  return waitFor({ ...(await states.save({ ...state, current })), current });
};

const onFound = async (deps: DrillDeps, state: Underway, table: RestoredTable): Promise<Moved> => {
  const { current } = state;
  const now = deps.clock.now();
  if (!isOfDrill(table, current)) return await end(deps, state, failed(current, otherTableOf(current)));
  if (current.seenAt === undefined)
    return await goOn(deps, state, { ...current, drillTableId: table.tableId, seenAt: now });
  if (isReady(table)) return await goOn(deps, state, { ...current, phase: 'active', activeAt: now });
  if (now - (current.acceptedAt ?? now) > LONGEST_MS) return await remove(deps, state, tooLong(current));
  return await seenUnready(deps, state, now);
};

const onMissing = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  if (current.seenAt !== undefined)
    return await end(
      deps,
      state,
      failed(
        { ...current, goneAt: deps.clock.now() },
        ownFailure(
          'not-there',
          `the table ${current.drillTable} is gone: it was deleted, or the restore failed`,
        ),
      ),
    );
  if (deps.clock.now() - (current.askedAt ?? 0) < UNSEEN_MS) return waitFor(state);
  return await remove(
    deps,
    state,
    ownFailure('not-there', `the restore to ${current.drillTable} was asked for and no table has appeared`),
  );
};

/** Looks whether a restore has ended. SAFETY: remembers the id of what is made as soon as it is seen. */
export const followDrill = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const looked = await lookTwice(deps, state.current.drillTable ?? '');
  if (looked.kind === 'found') return await onFound(deps, state, looked.value);
  return looked.kind === 'missing' ? await onMissing(deps, state) : waitFor(state, looked.failure);
};
