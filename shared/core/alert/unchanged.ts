import type { OpenFinding } from '../../model/memory.ts';

/** The findings that a run read when it began. */
interface Recalled {
  readonly openFindings: readonly OpenFinding[];
  readonly resolvedFindings: readonly OpenFinding[];
}

const stateOf = ({ id, openedAt, resolvedAt }: OpenFinding): string =>
  JSON.stringify([id, openedAt, resolvedAt]);

/**
 * Selects the present findings that were open, or resolved, in the same way when the run began. A run cannot resolve or
 * forget what another run has opened or resolved since, because it did not look for it.
 */
export const unchangedSince = (
  { openFindings, resolvedFindings }: Recalled,
  present: readonly OpenFinding[],
): readonly OpenFinding[] => {
  const states = new Set([...openFindings, ...resolvedFindings].map(stateOf));
  return present.filter((finding) => states.has(stateOf(finding)));
};
