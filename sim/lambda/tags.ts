import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { Mapping } from './mappings.ts';

type Tags = Readonly<Record<string, string>>;

/** Only event source mappings have tags here. */
const taggedMapping = ({ state }: SimAccount, { Resource: arn }: Input): Mapping => {
  const [, uuid = ''] = /:event-source-mapping:([^:]+)$/.exec(String(arn)) ?? [];
  const mapping = state.mappings.get(uuid);
  if (mapping) return mapping;
  throw serviceFailure('ResourceNotFoundException', 'The resource you requested does not exist.', 404, {
    Type: 'User',
  });
};

export const listTags: Operation = ({ account }, input) => ({ Tags: taggedMapping(account, input).tags });

export const tagResource: Operation = ({ account }, input) => {
  const mapping = taggedMapping(account, input);
  mapping.tags = { ...mapping.tags, ...(input.Tags as Tags) };
  return {};
};
