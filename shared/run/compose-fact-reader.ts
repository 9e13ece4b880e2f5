import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { clientConfig, paceClient } from '../adapters/aws/clients.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { VAULT_LIMITS } from '../adapters/aws/limits.ts';
import { clientsByRegion } from '../adapters/engines/vaults/vault-clients.ts';
import { createVaultFacts } from '../adapters/vault-facts/vault-facts.ts';
import type { VaultFactReader } from '../ports/vault-facts.ts';
import type { VaultGround } from './compose-wire.ts';

/** Builds what asks about vaults, with a budget of calls of its own. */
export const factReaderOn = ({ jobRole, made, target, wire }: VaultGround): VaultFactReader => {
  const options = { ...wire, limiter: createLimiter({ clock: wire.clock, limits: VAULT_LIMITS }) };
  const keys = new Map<string, KMSClient>();
  const kmsIn = (region: string): KMSClient => {
    const inRegion = { ...options, region };
    const client = keys.get(region) ?? paceClient(new KMSClient(clientConfig(inRegion)), inRegion);
    keys.set(region, client);
    return client;
  };
  return createVaultFacts({
    target,
    jobRole,
    ...(made !== undefined && { made }),
    backupIn: clientsByRegion(options),
    kmsIn,
    iam: paceClient(new IAMClient(clientConfig(options)), options),
  });
};
