import { createLimiter } from '../adapters/aws/limiter.ts';
import { VAULT_LIMITS } from '../adapters/aws/limits.ts';
import { clientsByRegion } from '../adapters/engines/vaults/vault-clients.ts';
import { createVaultEngine } from '../adapters/engines/vaults/vault-engine.ts';
import type { Engine } from '../ports/engine.ts';
import type { VaultGround } from './compose-wire.ts';

/** Builds the engine of backup vaults, with a budget of calls of its own. */
export const vaultEngineOn = ({ jobRole, log, target, wire }: VaultGround): Engine => {
  const { clock } = wire;
  const clientIn = clientsByRegion({ ...wire, limiter: createLimiter({ clock, limits: VAULT_LIMITS }) });
  return createVaultEngine({ clientIn, clock, jobRole, log, target });
};
