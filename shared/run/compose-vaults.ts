import type { Engine } from '../ports/engine.ts';
import type { VaultEngineOf } from './compose-wire.ts';

/**
 * Builds the engine of backup vaults. What it needs is loaded at its first call: AWS Backup's client is large, and a deployment whose policies name no
 * vault never reads it.
 */
export const vaultEngine: VaultEngineOf = (ground) => {
  let loading: Promise<Engine> | undefined;
  const loaded = async (): Promise<Engine> => {
    loading ??= import('./compose-vault-engine.ts').then(({ vaultEngineOn }) => vaultEngineOn(ground));
    return await loading;
  };
  return {
    list: async (query) => await (await loaded()).list(query),
    jobs: async () => (await (await loaded()).jobs?.()) ?? { items: [] },
    apply: async (action, window) => await (await loaded()).apply(action, window),
  };
};
