import { pathText } from './fields.ts';
import type { Oddity } from './oddity.ts';

const TAGS = 'ResourceTagMappingList[].Tags[]';

/** A tag that is not listed, or is listed under another key, is no tag of the table: nothing in such an answer is odd. */
export const untellable = (operation: string, oddity: Oddity): boolean => {
  if (operation !== 'GetResources' || oddity.kind !== 'field') return false;
  const field = pathText(oddity.path);
  return (
    (field === TAGS && oddity.how === 'left out') ||
    (field === `${TAGS}.Key` && oddity.how === 'never heard of') ||
    (field === 'ResourceTagMappingList[].Tags' && oddity.how === 'never heard of')
  );
};
