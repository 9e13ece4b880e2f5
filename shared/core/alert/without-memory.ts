import type { Finding } from '../../model/finding.ts';
import { bySeverity } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { News } from './news.ts';

/**
 * Returns the news of a run that does not know what was reported before: everything that is wrong now and not muted, as
 * new. Info waits until there is a memory again.
 */
export const newsWithoutMemory = (
  found: readonly Finding[],
  isMuted: (finding: OpenFinding) => boolean,
  now: Instant,
): News => ({
  opened: found
    .map((finding) => ({ ...finding, openedAt: now }))
    .filter((finding) => finding.severity !== 'info' && !isMuted(finding))
    .toSorted(bySeverity),
  worsened: [],
  reminders: [],
  resolved: [],
});
