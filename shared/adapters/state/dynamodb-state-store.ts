import { randomUUID } from 'node:crypto';
import type { StateStore } from '../../ports/state-store.ts';
import { claimSlot, releaseSlot } from './claims.ts';
import { readFindings, saveFindings } from './findings.ts';
import type { StateTable } from './items.ts';
import { readMemory, saveMemory } from './memory.ts';
import { endTurn, takeTurn } from './turns.ts';

/**
 * Given the state table, returns the store in it. It keeps to queries, conditional writes of single items and batches
 * without conditions; every failure is thrown.
 * `newToken` makes a text that no other call makes, and is random unless given.
 */
export const createDynamoDBStateStore = (
  table: StateTable,
  newToken: () => string = randomUUID,
): StateStore => ({
  claim: (claim, overBefore) => claimSlot(table, { ...claim, overBefore, token: newToken() }),
  release: (held) => releaseSlot(table, held),
  takeTurn: (turn) => takeTurn(table, turn, newToken()),
  endTurn: (held) => endTurn(table, held),
  readFindings: () => readFindings(table),
  saveFindings: (changes) => saveFindings(table, changes),
  readMemory: () => readMemory(table),
  saveMemory: (before, after) => saveMemory(table, before, after),
});

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

/** Given a store, returns one that holds claims, so that no slot gets two recovery points, and writes neither findings nor memory. */
export const claimsOnlyStateStore = (store: StateStore): StateStore => ({
  ...dryRunStateStore(store),
  claim: (claim, overBefore) => store.claim(claim, overBefore),
  release: (held) => store.release(held),
});
