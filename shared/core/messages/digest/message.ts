import type { DigestMessage, DigestSection } from '../../../model/digest-message.ts';
import { CLOCK_TOLERANCE_MS, type Instant } from '../../../model/instant.ts';
import type { DigestMemory } from '../../../model/memory.ts';
import type { DigestSchedule } from '../../../model/policy.ts';
import { latestSlot } from '../../calendar/slots.ts';
import { counted } from '../../text/words.ts';
import type { DigestContent } from './mail.ts';
import { digestSections } from './sections.ts';
import { standingSeverity } from './sums.ts';
import { digestTableLines, restCounts } from './table.ts';

/**
 * Returns the slot for which a digest is due now. Undefined when digests are not configured, and when that slot was
 * sent; the first digest is due immediately; several missed slots become one digest; and a digest dated in the future
 * by a wrong clock blocks none.
 */
export const dueDigest = (
  schedule: DigestSchedule | undefined,
  last: DigestMemory | undefined,
  now: Instant,
): Instant | undefined => {
  if (schedule === undefined) return undefined;
  const slot = latestSlot(schedule, now);
  const wasTold = last !== undefined && last.digestedSlot >= slot && last.sentAt <= now + CLOCK_TOLERANCE_MS;
  return wasTold ? undefined : slot;
};

/** How many of the worst tables a chat message shows; the mail has as many as fit. */
const MOST_TABLES = 10;

const tableSection = ({ digest, now }: DigestContent): DigestSection => {
  const severity = standingSeverity(digest);
  const shown = digest.tables.slice(0, MOST_TABLES);
  const rest = digest.tables.slice(MOST_TABLES);
  return {
    title: 'tables, worst first',
    ...(severity !== undefined && { severity }),
    lines: [
      ...shown.flatMap((line) => digestTableLines(line, now)),
      ...(rest.length === 0 ? [] : [`And ${counted(rest.length, 'more table')}: ${restCounts(rest)}.`]),
    ],
  };
};

/**
 * Converts the content of a digest mail into data: everything but the tables, of which the ten worst are listed and the
 * rest counted.
 */
export const digestMessageOf = (content: DigestContent): DigestMessage => {
  const { digest, instance, policyTag, target, now, runId, logLink, findingsPage } = content;
  return {
    instance,
    ...(policyTag !== undefined && { policyTag }),
    target,
    sentAt: now,
    ...(runId !== undefined && { runId }),
    ...(logLink !== undefined && { logLink }),
    ...(findingsPage !== undefined && { findingsPage }),
    sections: [
      ...digestSections(digest, now, content),
      ...(digest.tables.length === 0 ? [] : [tableSection(content)]),
    ],
  };
};
