import { CATALOGUE } from '../../shared/core/findings/catalogue.ts';
import type { FindingKind } from '../../shared/model/finding.ts';

/** Every kind of finding there is, sorted. */
export const FINDING_KINDS: readonly FindingKind[] = [...CATALOGUE.values()]
  .map(({ kind }) => kind)
  .toSorted();
