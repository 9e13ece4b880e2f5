import type { Finding } from '../../model/finding.ts';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** A finding, with when a run first found it; absent where it is not recorded as open. */
export type SeenFinding = Finding & Partial<Pick<OpenFinding, 'openedAt'>>;

/**
 * The longest a run takes. If a finding seems to have begun within the run that found it, it may have begun long
 * before.
 */
export const RUN_MS = 15 * MINUTE_MS;

/** Whether when it began is known, and not only when it was first seen. */
export const isStartKnown = ({ since }: Pick<Finding, 'since'>, seenAt: Instant): boolean =>
  seenAt - since >= RUN_MS;

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
