import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import { counted } from '../text/words.ts';
import { CATALOGUE } from './catalogue.ts';

/** Returns the facet of a gap in a whole list, or in many tables. */
const blindedFacet = ({ facet, table }: Finding): Facet | undefined =>
  table === undefined ? facet : undefined;

const explained = (gap: Finding, facet: Facet, unseen: readonly OpenFinding[]): Finding => {
  const blinded = unseen.filter(({ kind }) => CATALOGUE.get(kind)?.facets.includes(facet));
  if (blinded.length === 0) return gap;
  return {
    ...gap,
    fact: `${gap.fact} ${counted(blinded.length, 'open finding')} could not be looked at again for it, and may be over.`,
  };
};

/**
 * Adds to each gap in a whole list how many open findings cannot be checked because of it: they stay open although
 * nobody saw them. A finding that was found again does not count.
 */
export const withConsequences = (
  found: readonly Finding[],
  openFindings: readonly OpenFinding[],
): readonly Finding[] => {
  const foundIds = new Set(found.map(({ id }) => id));
  const unseen = openFindings.filter(({ id }) => !foundIds.has(id));
  return found.map((finding) => {
    const facet = blindedFacet(finding);
    return facet === undefined ? finding : explained(finding, facet, unseen);
  });
};
