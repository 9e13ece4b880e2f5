import type { ListTagsOfResourceInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import { type Operation, pageSize } from '../operation.ts';
import { validated } from '../validation.ts';
import { RESOURCE_ARN, taggedTable } from './tags.ts';

const PAGE_SIZE = 10;

const startOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64').toString('utf8'));
  if (!Number.isInteger(start)) throw validationFailure('Invalid NextToken');
  return start;
};

export const listTagsOfResource: Operation = (context, raw) => {
  const input = validated<ListTagsOfResourceInput>(raw, { ResourceArn: RESOURCE_ARN });
  const table = taggedTable(context, input.ResourceArn ?? '');
  const tags = Object.entries(table.listedTags).map(([key, value]) => ({ Key: key, Value: value }));
  const start = startOf(input.NextToken);
  // Only the first page may be empty: a second empty one would end with the token of the first.
  const least = input.NextToken === undefined ? 0 : 1;
  const end = start + Math.max(least, pageSize(context.account, PAGE_SIZE));
  const token = Buffer.from(String(end)).toString('base64');
  return { Tags: tags.slice(start, end), ...(end < tags.length ? { NextToken: token } : {}) };
};
