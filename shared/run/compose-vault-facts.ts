import type { VaultFactReader } from '../ports/vault-facts.ts';
import type { VaultFactsOf } from './compose-wire.ts';

/** Builds what asks about vaults. Its clients are loaded at the first question, which only a deployment with a policy of a vault has. */
export const vaultFacts: VaultFactsOf = (ground) => {
  let loading: Promise<VaultFactReader> | undefined;
  return {
    read: async (question) => {
      loading ??= import('./compose-fact-reader.ts').then(({ factReaderOn }) => factReaderOn(ground));
      return await (await loading).read(question);
    },
  };
};
