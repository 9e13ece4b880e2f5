import type { Action } from '../../model/action.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Engine, PitrSwitch } from '../../ports/engine.ts';

const deferring =
  (reason: string) =>
  async (action: Action): Promise<Outcome> => ({ action, status: 'deferred', reason });

/** Given an engine and why, returns one that still lists what it lists and makes and deletes nothing. */
export const deferringEngine = (engine: Pick<Engine, 'listRecoveryPoints'>, reason: string): Engine => ({
  listRecoveryPoints: (since) => engine.listRecoveryPoints(since),
  create: deferring(reason),
  expire: deferring(reason),
});

/** Given why, returns what switches nothing. */
export const deferringPitrSwitch = (reason: string): PitrSwitch => ({ enable: deferring(reason) });
