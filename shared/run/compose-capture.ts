import { createLimiter, type Limiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS, SETTINGS_LIMITS } from '../adapters/aws/limits.ts';
import { createManifestStore } from '../adapters/state/manifests.ts';
import { createSettingsHints } from '../adapters/state/settings-hints.ts';
import type { Instant } from '../model/instant.ts';
import type { Observation } from '../model/observation.ts';
import { capture } from './capture.ts';
import type { KeeperGround } from './compose-wire.ts';

const LIMITS = { ...API_LIMITS, ...SETTINGS_LIMITS };

/**
 * Captures on the wire of a run. The reader, with the clients of five services, is a file of its own that is loaded only when a table is due. Each
 * Region has a budget of calls, as AWS counts them.
 */
export const captureOn = (
  { wire, state, target, policies, log }: KeeperGround,
  observation: Observation,
  until: Instant,
): Promise<readonly string[]> => {
  const { clock } = wire;
  const limiters = new Map<string, Limiter>();
  const optionsIn = (region: string) => {
    const limiter = limiters.get(region) ?? createLimiter({ clock, limits: LIMITS });
    limiters.set(region, limiter);
    return { ...wire, region, limiter };
  };
  const openReader = async () => {
    const { createSettingsReader } = await import('../adapters/restore/settings-reader.ts');
    return createSettingsReader(optionsIn(target.region), target, optionsIn);
  };
  const manifests = createManifestStore(state, target);
  const settingsHints = createSettingsHints(state, target);
  const parts = { clock, log, policies, target, manifests, settingsHints, openReader };
  return capture(parts, observation, until);
};
