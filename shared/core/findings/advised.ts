import type { Advice } from '../../model/advice.ts';
import type { Finding } from '../../model/finding.ts';
import { fnv1a64 } from '../text/digest.ts';

/** Placeholder for a table's name. */
const ANY_TABLE = 'TABLE';

/**
 * SAFETY: the table's name is inserted only here, so that two findings share a remedy only if their commands differ by
 * it alone. Builds a table's advice, and a remedy mark that is equal for tables that need the same.
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
