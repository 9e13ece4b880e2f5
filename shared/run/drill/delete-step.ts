import type { Drill, FailingDeletion } from '../../model/drill.ts';
import type { Failure } from '../../model/failure.ts';
import { DAY_MS } from '../../model/instant.ts';
import { isDrillNameOf } from '../../model/passing-table.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import { lookTwice } from '../restore/whose-table.ts';
import { type DrillDeps, end, failed, goOn, type Moved, type Underway, waitFor } from './deps.ts';
import { isOfDrill, otherTableOf } from './restore-step.ts';

/** For how long a table is looked for that was asked for and never seen. */
const LATE_MS = DAY_MS;

/** What cannot be deleted now: AWS refuses it. */
const NOT_YET: readonly string[] = ['CREATING', 'DELETING', 'UPDATING'];

/** SAFETY: the recorded name, with the prefix of this instance, and the recorded id. Nothing else is ever deleted. */
const isItsOwn = ({ instance }: DrillDeps, { tableId }: RestoredTable, { drillTable, drillTableId }: Drill) =>
  drillTable !== undefined && isDrillNameOf(instance, drillTable) && drillTableId === tableId;

const onMissing = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const now = deps.clock.now();
  const mayAppear = current.seenAt === undefined && now - (current.askedAt ?? 0) < LATE_MS;
  return mayAppear ? waitFor(state) : await end(deps, state, { ...current, goneAt: now });
};

const onFound = async (deps: DrillDeps, state: Underway, table: RestoredTable): Promise<Moved> => {
  const { current } = state;
  const now = deps.clock.now();
  if (!isOfDrill(table, current)) return await end(deps, state, failed(current, otherTableOf(current)));
  if (current.seenAt === undefined)
    return await goOn(deps, state, { ...current, drillTableId: table.tableId, seenAt: now });
  if (!isItsOwn(deps, table, current)) return await end(deps, state, failed(current, otherTableOf(current)));
  if (NOT_YET.includes(table.status)) return waitFor(state);
  const asked: Drill = { ...current, deleteAskedAt: now };
  const { state: written } = await goOn(deps, state, asked);
  const removal = await deps.remover.remove(current.drillTable ?? '');
  const underway = { ...written, current: asked };
  return 'failure' in removal ? await onRefused(deps, underway, table, removal.failure) : waitFor(underway);
};

/** Notes why, for the audit, and since when: it is tried again at the next run. */
const onRefused = async (
  deps: DrillDeps,
  state: Underway,
  { isProtected }: RestoredTable,
  failure: Failure,
): Promise<Moved> => {
  const { current } = state;
  const deletionFailing: FailingDeletion = {
    since: current.deletionFailing?.since ?? deps.clock.now(),
    failure,
    ...(isProtected === true && { isProtected }),
  };
  const { state: noted } = await goOn(deps, state, { ...current, deletionFailing });
  return { state: noted, isOn: false, waitsFor: failure };
};

/**
 * Deletes the table of a drill, and ends the drill once it is gone when it is described.
 * SAFETY: looks right before the call whether the recorded name is still that of the recorded table.
 */
export const deleteDrillTable = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const looked = await lookTwice(deps, state.current.drillTable ?? '');
  if (looked.kind === 'found') return await onFound(deps, state, looked.value);
  return looked.kind === 'missing' ? await onMissing(deps, state) : waitFor(state, looked.failure);
};
