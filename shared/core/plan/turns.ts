import type { Observation } from '../../model/observation.ts';

/**
 * Given names in order and where to begin, returns all of them from there on, and then those before it. At the edge it begins with the
 * next name where that one is gone, and with the first where none is left after it or none was given.
 */
export const inTurn = (names: readonly string[], beginAt: string | undefined): readonly string[] =>
  beginAt === undefined
    ? names
    : [...names.filter((name) => name >= beginAt), ...names.filter((name) => name < beginAt)];

/**
 * Given what a run observed and where it began to read point-in-time recovery, returns where the next one begins: at the first table that was
 * left for want of time, in the order of turns. At the edge undefined when none was left; a run that does not read it, or does not know
 * the tables, leaves the turn as it was.
 */
export const nextTurn = ({ facets, gaps }: Observation, beganAt: string | undefined): string | undefined => {
  const isBlind = gaps.some(({ facet, table }) => facet === 'tags' && table === undefined);
  if (!facets.includes('pitr') || isBlind) return beganAt;
  const left = gaps.flatMap(({ deferred, facet, table }) =>
    facet === 'pitr' && deferred === true && table !== undefined ? [table] : [],
  );
  return inTurn(left.toSorted(), beganAt)[0];
};
