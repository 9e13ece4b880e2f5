import type { DigestMessage, DigestSection } from '../../../model/digest-message.ts';
import { counted } from '../../text/words.ts';
import type { DigestContent } from './mail.ts';
import { digestSections } from './sections.ts';
import { standingSeverity } from './sums.ts';
import { digestTableLines, restCounts } from './table.ts';

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
      ...digestSections(digest, now),
      ...(digest.tables.length === 0 ? [] : [tableSection(content)]),
    ],
  };
};
