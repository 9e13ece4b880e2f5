import { HOLD_TAG } from '../world/happen.ts';
import type { TableThen } from '../world/record.ts';

/** What a table's tag asks for: whatever is not plainly a no keeps everything, and whatever is not plainly a yes is unclear. */
export const holdOf = ({ tags }: Pick<TableThen, 'tags'>): 'none' | 'held' | 'unclear' => {
  const value = tags[HOLD_TAG]?.trim().toLowerCase();
  if (value === undefined || value === 'false' || value === 'no') return 'none';
  return value === 'true' ? 'held' : 'unclear';
};
