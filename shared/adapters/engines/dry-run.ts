import type { Action } from '../../model/action.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Engine, PitrSwitch } from '../../ports/engine.ts';

const deferred = async (action: Action): Promise<Outcome> => ({
  action,
  status: 'deferred',
  reason: 'dry run',
});

/** Given an engine, returns one that still lists what it lists and makes and deletes nothing. */
export const dryRunEngine = (engine: Pick<Engine, 'listRecoveryPoints'>): Engine => ({
  listRecoveryPoints: (since) => engine.listRecoveryPoints(since),
  create: deferred,
  expire: deferred,
});

/** Switches nothing. */
export const dryRunPitrSwitch: PitrSwitch = { enable: deferred };
