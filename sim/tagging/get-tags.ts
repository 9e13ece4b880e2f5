import type { SimAccount } from '../account.ts';
import type { Tags } from '../dynamodb/table.ts';
import type { Operation } from '../operation.ts';

const knownTags = (account: SimAccount): Tags[] =>
  [...account.state.tagIndex.arnsAfter(undefined)].map((arn) => account.state.tagIndex.get(arn) ?? {});

/** All keys, on one page. */
export const getTagKeys: Operation = ({ account }) => ({
  PaginationToken: '',
  TagKeys: [...new Set(knownTags(account).flatMap((tags) => Object.keys(tags)))].sort(),
});

/** All values of a key, on one page. */
export const getTagValues: Operation = ({ account }, input) => {
  const values = knownTags(account).map((tags) => tags[String(input.Key)]);
  const present = values.filter((value) => value !== undefined);
  return { PaginationToken: '', TagValues: [...new Set(present)].sort() };
};
