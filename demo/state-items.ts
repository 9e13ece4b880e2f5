import { createStateItems } from '../prove/world/state-items.ts';
import type { SimAccount } from '../sim/account.ts';
import type { ItemStore } from '../sim/dynamodb/items/item-store.ts';

/**
 * Keeps the items of the state table in a small map, and those of every other table in the account's own store: the functions ask the state table
 * twenty thousand times, and the whole engine would be an eighth of the demonstration's cost.
 */
export const keepStateItems = ({ state }: SimAccount, stateTable: string): void => {
  const small = createStateItems();
  const whole = state.items;
  const call: ItemStore['call'] = (table, operation, input) =>
    (table.name === stateTable ? small : whole).call(table, operation, input);
  Object.assign(state, { items: { ...whole, call } });
};
