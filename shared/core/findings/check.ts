import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Facet } from '../../model/observation.ts';
import type { CheckContext } from './context.ts';

/** Looks for one kind of finding. */
export interface Check {
  readonly kind: FindingKind;
  /** What must have been observed whole before the absence of such a finding means that nothing is wrong. */
  readonly facets: readonly Facet[];
  /** Never concludes from what was not seen: a list with a gap proves what it holds and nothing else. */
  find(context: CheckContext): readonly Finding[];
}
