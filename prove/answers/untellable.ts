import { pathText } from './fields.ts';
import type { Oddity } from './oddity.ts';

const TAGS = 'ResourceTagMappingList[].Tags[]';

/** A tag that is not listed, or is listed under another key, is no tag of the table: such a response is valid. */
export const undetectable = (operation: string, corruption: Oddity): boolean => {
  if (operation !== 'GetResources' || corruption.kind !== 'field') return false;
  const field = pathText(corruption.path);
  return (
    (field === TAGS && corruption.how === 'left out') ||
    (field === `${TAGS}.Key` && corruption.how === 'never heard of') ||
    (field === 'ResourceTagMappingList[].Tags' && corruption.how === 'never heard of')
  );
};
