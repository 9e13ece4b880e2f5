import type { Facet, Observation } from '../../model/observation.ts';

/**
 * Given an observation and facets of it, returns whether each was looked at and read to its end, so that what is not there does not exist.
 * At the edge a gap that concerns one table alone leaves the list whole.
 */
export const isSeenWhole = ({ facets, gaps }: Observation, ...wanted: readonly Facet[]): boolean =>
  wanted.every(
    (facet) => facets.includes(facet) && !gaps.some((gap) => gap.facet === facet && gap.table === undefined),
  );
