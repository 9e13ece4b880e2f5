import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import { counted } from '../text/words.ts';
import { ALL_CHECKS } from './all.ts';
import { OUTCOME_CHECKS } from './outcomes.ts';

/** What must be seen before a finding of a kind is over. */
const FACETS: ReadonlyMap<string, readonly Facet[]> = new Map(
  [...ALL_CHECKS, ...OUTCOME_CHECKS].map(({ kind, facets }) => [kind, facets]),
);

/** A gap in a whole list, or in many tables, carries the facet in its id and no table. */
const blindedFacet = ({ kind, id, table }: Finding): string | undefined =>
  kind === 'observation-gap' && table === undefined ? id.split('/')[1] : undefined;

const explained = (gap: Finding, facet: string, unseen: readonly OpenFinding[]): Finding => {
  const blinded = unseen.filter(({ kind }) => FACETS.get(kind)?.some((one) => one === facet));
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
