import type { Operations } from '../operation.ts';
import { tagResources, untagResources } from './change-resources.ts';
import { getResources } from './get-resources.ts';
import { getTagKeys, getTagValues } from './get-tags.ts';

export const TAGGING_OPERATIONS: Operations = {
  GetResources: getResources,
  GetTagKeys: getTagKeys,
  GetTagValues: getTagValues,
  TagResources: tagResources,
  UntagResources: untagResources,
};
