import type { StateStore } from '../../ports/state-store.ts';
import { dryRunStateStore } from './dry-run-state-store.ts';

/** Given a store, returns one that holds claims, so that no slot gets two recovery points, and writes neither findings nor memory. */
export const claimsOnlyStateStore = (store: StateStore): StateStore => ({
  ...dryRunStateStore(store),
  claim: (claim, overBefore) => store.claim(claim, overBefore),
  release: (held) => store.release(held),
});
