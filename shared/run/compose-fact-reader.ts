import { IAMClient } from '@aws-sdk/client-iam';
import { clientConfig, paceClient } from '../adapters/aws/clients.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { VAULT_LIMITS } from '../adapters/aws/limits.ts';
import { clientsByRegion } from '../adapters/engines/vaults/vault-clients.ts';
import { kmsClients } from '../adapters/vault-facts/kms-clients.ts';
import { createVaultFacts } from '../adapters/vault-facts/vault-facts.ts';
import type { VaultFactReader } from '../ports/vault-facts.ts';
import type { VaultGround } from './compose-wire.ts';

/** Builds what asks about vaults, with a budget of calls of its own. */
export const factReaderOn = ({ jobRole, made, target, wire }: VaultGround): VaultFactReader => {
  const options = { ...wire, limiter: createLimiter({ clock: wire.clock, limits: VAULT_LIMITS }) };
  return createVaultFacts({
    target,
    jobRole,
    ...(made !== undefined && { made }),
    backupIn: clientsByRegion(options),
    kmsIn: kmsClients(options),
    iam: paceClient(new IAMClient(clientConfig(options)), options),
  });
};
