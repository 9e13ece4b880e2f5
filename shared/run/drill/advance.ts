import { isFromVault } from '../../core/restore/vault-terms.ts';
import { type Drill, type DrillState, isDrillNameOf } from '../../model/drill.ts';
import { assertNever } from '../../model/errors.ts';
import { type Failure, FailureError, failureText } from '../../model/failure.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RestoredTable } from '../../ports/restore.ts';
import { lookTwice } from '../restore/whose-table.ts';
import { checkDrill } from './check-step.ts';
import { type DrillDeps, end, failed, goOn, type Moved, type Underway, waitFor } from './deps.ts';
import { followExport, removeExport, startExport } from './export-step.ts';
import { followDrill, isOfDrill, otherTableOf, startDrill } from './restore-step.ts';
import { decideDrillSteps, putDrillSettingsBack } from './settings-step.ts';
import { followVaultDrill, startVaultDrill } from './vault-step.ts';

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
  return waitFor({ ...written, current: asked }, 'failure' in removal ? removal.failure : undefined);
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

const isUnderway = (state: DrillState): state is Underway => state.current !== undefined;

const step = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { phase, drillTable, source } = state.current;
  switch (phase) {
    case 'planned':
      if (state.current.export !== undefined) return await startExport(deps, state);
      if (drillTable === undefined) return await checkDrill(deps, state);
      return isFromVault(source) ? await startVaultDrill(deps, state) : await startDrill(deps, state);
    case 'started':
      if (state.current.export !== undefined) return await followExport(deps, state);
      return isFromVault(source) ? await followVaultDrill(deps, state) : await followDrill(deps, state);
    case 'active':
      return await decideDrillSteps(deps, state);
    case 'settings':
      return await putDrillSettingsBack(deps, state);
    case 'checking':
      return await checkDrill(deps, state);
    case 'deleting':
      return state.current.export === undefined
        ? await deleteDrillTable(deps, state)
        : await removeExport(deps, state);
    case 'ended':
      return { state, isOn: false };
    default:
      return assertNever(phase);
  }
};

/** How far a run brought the drill of a table, and why it did not come further where it should have. */
export interface Advanced {
  readonly state: DrillState;
  readonly failure?: Failure;
}

/** The least that one step needs. */
const RESERVE_MS = 2 * 60 * 1_000;

/**
 * Brings the drill of a table as far as it comes without waiting for AWS. Each step is saved before the next, so that a run can be killed at any moment:
 * the next one finds what was done and does nothing twice. Stops where another run goes on with it.
 */
export const advanceDrill = async (
  deps: DrillDeps,
  begun: DrillState,
  deadline: Instant,
): Promise<Advanced> => {
  let state = begun;
  while (isUnderway(state) && deps.clock.now() < deadline - RESERVE_MS) {
    try {
      const moved: Moved = await step(deps, state);
      state = moved.state;
      if (moved.isOn) continue;
      return { state, ...(moved.waitsFor !== undefined && { failure: moved.waitsFor }) };
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      deps.log.warn('a drill was left', { table: state.table, reason: failureText(error.failure) });
      return { state, failure: error.failure };
    }
  }
  return { state };
};
