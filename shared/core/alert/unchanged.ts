import type { OpenFinding } from '../../model/memory.ts';

/** What a run recalled of findings when it began. */
interface Recalled {
  readonly openFindings: readonly OpenFinding[];
  readonly resolvedFindings: readonly OpenFinding[];
}

const stateOf = ({ id, openedAt, resolvedAt }: OpenFinding): string =>
  JSON.stringify([id, openedAt, resolvedAt]);

/**
 * Returns those of the present findings that were open, or resolved, in the same way when the run began. What another run has opened or
 * resolved since then, this one has not looked for: it can neither resolve nor forget it.
 */
export const unchangedSince = (
  { openFindings, resolvedFindings }: Recalled,
  present: readonly OpenFinding[],
): readonly OpenFinding[] => {
  const states = new Set([...openFindings, ...resolvedFindings].map(stateOf));
  return present.filter((finding) => states.has(stateOf(finding)));
};
