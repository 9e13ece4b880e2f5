import type { SimAccount } from '../account.ts';
import type { Table, Tags } from './table.ts';

/** Sets all tags of a table. The two services that list tags learn of it that much later. */
export const changeTags = (account: SimAccount, table: Table, tags: Tags, lagMs: number): void => {
  const { state } = account;
  const wasEverTagged = Object.keys(tags).length > 0 || Object.keys(table.tags).length > 0;
  table.tags = tags;
  const show = (): void => {
    table.listedTags = tags;
    if (wasEverTagged && state.tables.get(table.name) === table)
      state.tagIndex.set(table.arn, tags, table.id);
  };
  if (lagMs > 0) state.at(account.clock.now() + lagMs, show);
  else show();
};
