import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** A finding, with when a run first found it; absent where it is not recorded as open. */
export type SeenFinding = Finding & Partial<Pick<OpenFinding, 'openedAt'>>;

/** Adds to findings of a look when runs first found those that are open. `since` is then no later. */
export const withFirstSeen = (
  findings: readonly Finding[],
  openFindings: readonly OpenFinding[],
): readonly SeenFinding[] => {
  const open = new Map(openFindings.map((finding) => [finding.id, finding]));
  return findings.map((finding) => {
    const openedAt = open.get(finding.id)?.openedAt;
    return openedAt === undefined
      ? finding
      : { ...finding, openedAt, since: Math.min(finding.since, openedAt) };
  });
};
