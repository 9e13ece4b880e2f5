import type { GovernedTable } from './governed.ts';

/**
 * Given the tables with the policy tag, returns how many opted in by it. At the edge one that opts out aloud is not among them, or the
 * state table, which does, would hide that nothing else is tagged; one whose tag names no policy is, because that is told by itself.
 */
export const coverageOf = (governed: readonly Pick<GovernedTable, 'optedOut'>[]): number =>
  governed.filter(({ optedOut }) => !optedOut).length;
