import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import { counted } from '../text/words.ts';
import { CATALOGUE } from './catalogue.ts';

/** The facet of a gap in a whole list, or in many tables. */
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
 * Given what a run found and what was open, returns the same findings, where each gap in a whole list says how many open findings cannot be looked
 * at while it lasts: they stay open, and not because anybody saw them. At the edge a finding that was found again hangs on no gap.
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
