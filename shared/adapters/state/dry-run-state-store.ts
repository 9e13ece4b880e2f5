import type { StateStore } from '../../ports/state-store.ts';

/** Given a store, returns one that remembers what it remembers and writes nothing; every claim and turn seems free. */
export const dryRunStateStore = (store: StateStore): StateStore => ({
  claim: async ({ id }) => ({ id, token: 'dry run' }),
  release: async () => undefined,
  takeTurn: async ({ name }) => ({ name, token: 'dry run' }),
  endTurn: async () => undefined,
  readFindings: () => store.readFindings(),
  saveFindings: async () => undefined,
  readMemory: () => store.readMemory(),
  saveMemory: async () => undefined,
});
