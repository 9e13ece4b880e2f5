import { createLimiter } from '../adapters/aws/limiter.ts';
import { RESTORE_JOB_LIMITS, VAULT_LIMITS } from '../adapters/aws/limits.ts';
import type { StateTable } from '../adapters/state/items.ts';
import type { VaultRestorer } from '../ports/restore.ts';
import { vaultEngine } from './compose-vaults.ts';
import type { VaultGround } from './compose-wire.ts';
import type { DrillVaults } from './drill/deps.ts';

/**
 * Builds what reaches backup vaults; `roleArn` is what jobs of drills are given, and `jobRole` of the ground what the recovery points were made with.
 * AWS Backup's client is loaded once a drill needs it.
 */
export const drillVaults = (ground: VaultGround, state: StateTable, roleArn: string): DrillVaults => {
  const { wire } = ground;
  const limiter = createLimiter({ clock: wire.clock, limits: { ...VAULT_LIMITS, ...RESTORE_JOB_LIMITS } });
  let loaded: Promise<VaultRestorer> | undefined;
  const restorer = async (): Promise<VaultRestorer> => {
    loaded ??= import('../adapters/restore/vault-restorer.ts').then(({ createVaultRestorer }) =>
      createVaultRestorer({ ...wire, limiter }),
    );
    return await loaded;
  };
  return {
    roleArn,
    engine: vaultEngine(ground),
    readRecords: async () => await (await import('../adapters/state/memory.ts')).readMemory(state),
    restorer: {
      readEncryption: async (source) => await (await restorer()).readEncryption(source),
      start: async (wish) => await (await restorer()).start(wish),
      look: async (jobId) => await (await restorer()).look(jobId),
      find: async (wish) => await (await restorer()).find(wish),
    },
  };
};
