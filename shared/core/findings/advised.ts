import type { Advice } from '../../model/advice.ts';
import type { Finding } from '../../model/finding.ts';
import { fnv1a64 } from '../text/digest.ts';

/** Stands where the table's name would. */
const ANY_TABLE = 'TABLE';

/**
 * Returns a table's advice and what tells whether another table needs the same: the advice as it would be for a table of any name. SAFETY:
 * the name goes in here alone, so that two findings have one remedy only where their commands differ by it and by nothing else.
 */
export const advisedFor = (
  table: string,
  adviceOf: (table: string) => Advice,
  needs?: string,
): Pick<Finding, 'advice' | 'remedy' | 'needs'> => ({
  advice: adviceOf(table),
  remedy: fnv1a64([JSON.stringify(adviceOf(ANY_TABLE))]),
  ...(needs !== undefined && { needs }),
});
