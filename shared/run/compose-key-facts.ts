import type { KeyFactsOf } from './compose-wire.ts';

/** Builds what asks which keys recovery points need. What reads the kept heads is loaded at the first question, and the client of KMS where there is a key to ask for. */
export const keyFacts: KeyFactsOf = ({ state, target, wire }) => ({
  readHeads: async () => {
    const { createManifestStore } = await import('../adapters/state/manifests.ts');
    return await createManifestStore(state, target).readNewest();
  },
  readKeys: async (arns) => {
    if (arns.length === 0) return [];
    const { keyReaderOn } = await import('./compose-key-reader.ts');
    return await keyReaderOn(wire)(arns);
  },
});
