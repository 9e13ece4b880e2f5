import { randomUUID } from 'node:crypto';
import type { StateStore } from '../../ports/state-store.ts';
import { claimSlot, releaseSlot } from './claims.ts';
import { readFindings, saveFindings } from './findings.ts';
import type { StateTable } from './items.ts';
import { keepTable, readKept, releaseTable } from './kept-tables.ts';
import { readMemory, saveMemory } from './memory.ts';
import { readPicture, saveGlimpses, savePicture } from './pictures.ts';
import { endTurn, takeTurn } from './turns.ts';

/**
 * Creates the store in a state table. It uses only queries, conditional writes of single items and batches without conditions; every failure is
 * thrown. `newToken` makes a text that no other call makes, and is random by default.
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
  readKept: () => readKept(table),
  keepTable: (kept) => keepTable(table, kept),
  releaseTable: (name) => releaseTable(table, name),
  readPicture: () => readPicture(table),
  savePicture: (picture) => savePicture(table, picture),
  saveGlimpses: (glimpses) => saveGlimpses(table, glimpses),
});

/** Wraps a store so that it reads but never writes; every claim and turn seems free. */
export const dryRunStateStore = (store: StateStore): StateStore => ({
  claim: async ({ id }) => ({ id, token: 'dry run' }),
  release: async () => undefined,
  takeTurn: async ({ name }) => ({ name, token: 'dry run' }),
  endTurn: async () => undefined,
  readFindings: () => store.readFindings(),
  saveFindings: async () => undefined,
  readMemory: () => store.readMemory(),
  saveMemory: async () => undefined,
  readKept: () => store.readKept(),
  keepTable: async () => undefined,
  releaseTable: async () => undefined,
  readPicture: () => store.readPicture(),
  savePicture: async () => undefined,
  saveGlimpses: async () => undefined,
});

/** Wraps a store so that it takes claims, which keeps one recovery point per slot, and writes neither findings nor memory. */
export const claimsOnlyStateStore = (store: StateStore): StateStore => ({
  ...dryRunStateStore(store),
  claim: (claim, overBefore) => store.claim(claim, overBefore),
  release: (held) => store.release(held),
});
