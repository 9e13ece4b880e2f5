import type { Memory, OpenFinding } from '../../model/memory.ts';
import { coverageOf, type GovernedTable } from '../scene/governed.ts';

/** What shows that far fewer tables opt in than before. */
export interface CoverageSight {
  readonly governed: readonly GovernedTable[];
  readonly memory: Pick<Memory, 'coverage'>;
  readonly openFindings: readonly Pick<OpenFinding, 'kind'>[];
}

/**
 * SAFETY: where tags went from most tables, or their key is another one, nothing that a run sees of a table says what people want of it. Whether that
 * is reported, or no table opts in, or fewer than half of those of the last run.
 */
export const isCoverageDown = ({ governed, memory: { coverage }, openFindings }: CoverageSight): boolean => {
  const tables = coverageOf(governed);
  return (
    tables === 0 ||
    tables < (coverage?.tables ?? 0) / 2 ||
    openFindings.some(({ kind }) => kind === 'coverage-dropped')
  );
};
