import { isFromVault } from '../../core/restore/vault-terms.ts';
import type { DrillState } from '../../model/drill.ts';
import { assertNever } from '../../model/errors.ts';
import { type Failure, FailureError, failureText } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import { withdrawOverCap } from './cap-step.ts';
import { checkDrill } from './check-step.ts';
import { deleteDrillTable } from './delete-step.ts';
import type { DrillDeps, Moved, Underway } from './deps.ts';
import { followExport, removeExport, startExport } from './export-step.ts';
import { followDrill, startDrill } from './restore-step.ts';
import { decideDrillSteps, putDrillSettingsBack } from './settings-step.ts';
import { followVaultDrill, startVaultDrill } from './vault-step.ts';

const isUnderway = (state: DrillState): state is Underway => state.current !== undefined;

const startPlanned = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { drillTable, export: exported, source } = state.current;
  const withdrawn = await withdrawOverCap(deps, state);
  if (withdrawn !== undefined) return withdrawn;
  if (exported !== undefined) return await startExport(deps, state);
  if (drillTable === undefined) return await checkDrill(deps, state);
  return isFromVault(source) ? await startVaultDrill(deps, state) : await startDrill(deps, state);
};

const step = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { phase, source } = state.current;
  switch (phase) {
    case 'planned':
      return await startPlanned(deps, state);
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
