import type { UntagResourceInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { changeTags, lockTags, RESOURCE_ARN, taggedTable } from './tags.ts';

export const untagResource: Operation = (context, raw) => {
  const { account } = context;
  const input = validated<UntagResourceInput>(raw, {
    ResourceArn: RESOURCE_ARN,
    TagKeys: { required: true },
  });
  const table = taggedTable(context, input.ResourceArn ?? '');
  lockTags(context, table);
  const removed = new Set(input.TagKeys);
  const tags = Object.fromEntries(Object.entries(table.tags).filter(([key]) => !removed.has(key)));
  changeTags(account, table, tags, account.state.settings.tagLagMs);
  return {};
};
