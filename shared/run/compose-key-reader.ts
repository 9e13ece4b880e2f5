import { createLimiter } from '../adapters/aws/limiter.ts';
import { VAULT_LIMITS } from '../adapters/aws/limits.ts';
import { kmsClients } from '../adapters/vault-facts/kms-clients.ts';
import { readKeys } from '../adapters/vault-facts/seen-keys.ts';
import type { KeyFactReader } from '../ports/key-facts.ts';
import type { KeeperGround } from './compose-wire.ts';

/** Builds what asks for keys, with a budget of calls of its own. */
export const keyReaderOn = (wire: KeeperGround['wire']): KeyFactReader['readKeys'] => {
  const limiter = createLimiter({ clock: wire.clock, limits: VAULT_LIMITS });
  const kmsIn = kmsClients({ ...wire, limiter });
  return (arns) => readKeys({ kmsIn }, arns);
};
