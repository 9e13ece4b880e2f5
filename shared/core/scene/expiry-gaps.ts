import type { Facet, Gap, Observation } from '../../model/observation.ts';

/** What must have been seen whole before anything may be deleted. */
const NEEDED: readonly Facet[] = ['tags', 'recovery-points', 'memory'];

const gapText = ({ facet, reason }: Gap): string => `${facet} could not be read whole: ${reason}`;

/**
 * Given an observation, returns a function from a table to the gaps that bear on its expiries, as sentences. At the edge what the run did
 * not set out to look at is a gap too; a table whose details could not be read stands alone and stops no other.
 */
export const expiryGaps = ({ facets, gaps }: Observation): ((table: string) => readonly string[]) => {
  const notLookedAt = NEEDED.filter((facet) => !facets.includes(facet)).map(
    (facet) => `${facet} were not looked at`,
  );
  const bearing = gaps.filter(({ facet }) => NEEDED.includes(facet) || facet === 'details');
  const ofAll = bearing.filter(({ facet, table }) => table === undefined || facet !== 'details');
  const ofOne = Map.groupBy(
    bearing.filter(({ facet, table }) => table !== undefined && facet === 'details'),
    ({ table }) => table,
  );
  const common = [...new Set([...notLookedAt, ...ofAll.map(gapText)])].toSorted();
  return (table) => {
    const own = ofOne.get(table)?.map(gapText) ?? [];
    return own.length === 0 ? common : [...common, ...own.toSorted()];
  };
};
