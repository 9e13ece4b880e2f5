import type { SimAccount } from '../account.ts';
import type { Table, Tags } from './table.ts';

const later = ({ clock, state }: SimAccount, lagMs: number, show: () => void): void => {
  if (lagMs > 0) state.at(clock.now() + lagMs, show);
  else show();
};

/** Sets all tags of a table. The tagging API learns of it that much later, DynamoDB's own list of tags sooner. */
export const changeTags = (account: SimAccount, table: Table, tags: Tags, lagMs: number): void => {
  const { state } = account;
  const wasEverTagged = Object.keys(tags).length > 0 || Object.keys(table.tags).length > 0;
  table.tags = tags;
  later(account, Math.min(lagMs, state.settings.ownTagLagMs), () => {
    table.listedTags = tags;
  });
  later(account, lagMs, () => {
    if (wasEverTagged && state.tables.get(table.name) === table)
      state.tagIndex.set(table.arn, tags, table.id);
  });
};
