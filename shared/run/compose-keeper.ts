import { messageOf } from '../model/errors.ts';
import type { KeeperOf } from './compose-wire.ts';

/**
 * Builds what keeps the settings of tables. What it needs is loaded once a run comes to it, and what stands in its way is
 * logged: the state table that cannot be reached is reported by the run itself.
 */
export const settingsKeeper: KeeperOf = (ground) => ({
  keep: async (observation, until) => {
    const { wire, log } = ground;
    if (wire.clock.now() >= until) return [];
    wire.callTime.allow(until);
    try {
      const { captureOn } = await import('./compose-capture.ts');
      return await captureOn(ground, observation, until);
    } catch (error) {
      log.warn('settings could not be kept', { reason: messageOf(error) });
      return [];
    }
  },
});
