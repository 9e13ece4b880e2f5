import type { TagResourceInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { changeTags, lockTags, RESOURCE_ARN, readTags, refuseTooMany, taggedTable } from './tags.ts';

export const tagResource: Operation = (context, raw) => {
  const { account } = context;
  const input = validated<TagResourceInput>(raw, { ResourceArn: RESOURCE_ARN, Tags: { required: true } });
  const table = taggedTable(context, input.ResourceArn ?? '');
  const tags = { ...table.tags, ...readTags(input.Tags ?? []) };
  refuseTooMany(tags);
  lockTags(context, table);
  changeTags(account, table, tags, account.state.settings.tagLagMs);
  return {};
};
