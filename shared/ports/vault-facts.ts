import type { VaultFacts, VaultQuestion } from '../model/vault-facts.ts';

/** Asks AWS what policies of vaults need before any job does. It only reads, each vault and key once, and never throws for what a service answers. */
export interface VaultFactReader {
  read(question: VaultQuestion): Promise<VaultFacts>;
}
