import type { DigestSection } from '../../../model/digest-message.ts';
import type { MessageOrigin } from '../../../model/message-origin.ts';
import { planText } from '../../text/whole-command.ts';
import { counted } from '../../text/words.ts';
import { wrapText } from '../../text/wrap.ts';
import type { MailTime } from '../mail/blocks.ts';
import { footerText } from '../mail/blocks.ts';
import type { Mail } from '../mail/mail.ts';
import { subjectText } from '../mail/subject.ts';
import type { Digest } from './digest.ts';
import { digestSections } from './sections.ts';
import { standingText } from './sums.ts';
import { digestTable, restCounts } from './table.ts';
import type { TableLine } from './table-line.ts';

/** What a digest mail is made of. */
export interface DigestContent extends MessageOrigin, Pick<MailTime, 'now'> {
  readonly digest: Digest;
}

/**
 * The limit for the tables of one mail, in bytes. SNS takes 262,144 with everything around it.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
const TABLES_BYTES = 200_000;

const encoder = new TextEncoder();

const paragraph = (text: string, indent = ''): string => wrapText(text, indent).join('\n');

/** Returns as many tables as fit, worst first, and the count of the rest. */
const tableTexts = (tables: readonly TableLine[], content: DigestContent): readonly string[] => {
  let bytes = 0;
  const blocks: string[] = [];
  for (const line of tables) {
    const block = digestTable(line, content.now);
    bytes += encoder.encode(block).length + 2;
    if (bytes > TABLES_BYTES) break;
    blocks.push(block);
  }
  const rest = tables.slice(blocks.length);
  if (rest.length === 0) return blocks;
  return [
    ...blocks,
    paragraph(
      `And ${counted(rest.length, 'more table')} that this mail has no room for: ${restCounts(rest)}. "${planText(content)}" shows them all.`,
    ),
  ];
};

const sectionText = ({ title, lines }: DigestSection): string =>
  [title.toUpperCase(), '', ...lines.map((line) => paragraph(line))].join('\n');

/**
 * Writes the digest mail: the sums, growth, failures and untagged tables, then each table, worst first. The subject is
 * ASCII and under 100 characters, the whole stays under SNS's limit, and tables that do not fit are counted.
 */
export const renderDigest = (content: DigestContent): Mail => {
  const { digest, now } = content;
  const tables = tableTexts(digest.tables, content);
  const paragraphs = [
    ...digestSections(digest, now, content).map(sectionText),
    ...(tables.length === 0 ? [] : ['TABLES, WORST FIRST', ...tables]),
    footerText(content),
  ];
  return {
    subject: subjectText(`[Tablekeeper ${content.instance}] Digest: ${standingText(digest)}`),
    body: `${paragraphs.join('\n\n')}\n`,
  };
};
