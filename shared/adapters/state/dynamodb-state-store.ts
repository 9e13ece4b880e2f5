import { randomUUID } from 'node:crypto';
import type { StateStore } from '../../ports/state-store.ts';
import { claimSlot, releaseSlot } from './claims.ts';
import { readFindings, saveFindings } from './findings.ts';
import { readMemory, saveMemory } from './memory.ts';
import type { StateTable } from './table.ts';
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
