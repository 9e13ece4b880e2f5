import { isoInstant } from '../../model/instant.ts';
import { SEVERITIES } from '../alert/severity-order.ts';
import type { Digest } from '../digest/digest.ts';
import type { TableLine } from '../digest/table-line.ts';
import { bytesText } from './bytes-text.ts';
import { plainPaint } from './colour.ts';
import { digestTable, restCounts } from './digest-table.ts';
import { counted, headlineOf, listed } from './finding-text.ts';
import type { Mail } from './mail.ts';
import type { MailTime } from './mail-blocks.ts';
import { footerText, type MailOrigin } from './mail-footer.ts';
import { subjectText } from './mail-subject.ts';
import { verdictSummary } from './verdict-text.ts';
import { wrapText } from './wrap.ts';

/** What a digest mail is made of. */
export interface DigestContent extends MailOrigin, Pick<MailTime, 'now'> {
  readonly digest: Digest;
}

/**
 * What the tables of one mail may take, in bytes. SNS takes 262,144 with everything around it.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
const TABLES_BYTES = 200_000;

/** More failures than this are a reason to look, not to read on. */
const MOST_FAILURES = 20;

const encoder = new TextEncoder();

const paragraph = (text: string, indent = ''): string => wrapText(text, indent).join('\n');

const growthText = (bytes: number, before: number | undefined, { last }: Digest): string => {
  if (before === undefined || last === undefined) return '';
  const day = isoInstant(last.sentAt).slice(0, 10);
  if (bytes === before) return `, as on ${day}`;
  return `, ${bytesText(Math.abs(bytes - before))} ${bytes > before ? 'more' : 'less'} than on ${day}`;
};

const sizeTexts = (digest: Digest): readonly string[] => {
  const { tableBytes, recoveryPointBytes, tables, last } = digest;
  const points = tables.reduce((sum, { recoveryPoints }) => sum + recoveryPoints, 0);
  return [
    tableBytes === undefined
      ? 'Tables: not all sizes could be read.'
      : `Tables: ${bytesText(tableBytes)}${growthText(tableBytes, last?.tableBytes, digest)}.`,
    `${counted(points, 'recovery point')}: ${bytesText(recoveryPointBytes)}${growthText(recoveryPointBytes, last?.recoveryPointBytes, digest)}.`,
  ];
};

const openText = ({ openFindings }: Digest): string => {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: openFindings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0
    ? 'No finding is open.'
    : `${counted(openFindings.length, 'finding')} open: ${counts.map(({ severity, count }) => `${count} ${severity}`).join(', ')}.`;
};

const failureTexts = ({ failures, last }: Digest): readonly string[] => {
  const since = last === undefined ? '' : ` since ${isoInstant(last.sentAt).slice(0, 10)}`;
  if (failures.length === 0) return [`No failure${since}.`];
  const rest = failures.length - MOST_FAILURES;
  return [
    `${counted(failures.length, 'failure')}${since}:`,
    ...failures
      .slice(0, MOST_FAILURES)
      .map((one) => `* ${headlineOf(one)}${one.resolvedAt === undefined ? '' : ', over'}`),
    ...(rest > 0 ? [`And ${rest.toLocaleString('en-US')} more.`] : []),
  ];
};

const tagTexts = ({ optedOut, untagged }: Digest): readonly string[] => [
  ...(optedOut.length === 0 ? [] : [`${counted(optedOut.length, 'table')} opted out: ${listed(optedOut)}.`]),
  ...(untagged === undefined ? ['The list of all tables could not be read.'] : []),
  ...(untagged === undefined || untagged.length === 0
    ? []
    : [`${counted(untagged.length, 'table')} without a tag: ${listed(untagged)}.`]),
];

/** As many tables as there is room for, worst first, and the count of the rest. */
const tableTexts = (tables: readonly TableLine[], { now }: DigestContent): readonly string[] => {
  let bytes = 0;
  const blocks: string[] = [];
  for (const line of tables) {
    const block = digestTable(line, now);
    bytes += encoder.encode(block).length + 2;
    if (bytes > TABLES_BYTES) break;
    blocks.push(block);
  }
  const rest = tables.slice(blocks.length);
  if (rest.length === 0) return blocks;
  return [
    ...blocks,
    paragraph(
      `And ${counted(rest.length, 'more table')} that this mail has no room for: ${restCounts(rest)}. "tablekeeper plan" shows them all.`,
    ),
  ];
};

/**
 * Given a digest, returns the mail that tells it: the sums, what failed and what has no tag, then each table, worst first. At the edge the subject
 * is ASCII and under 100 characters, the whole stays under SNS's limit, and tables that have no room are counted.
 */
export const renderDigest = (content: DigestContent): Mail => {
  const { digest } = content;
  const summary = verdictSummary(
    digest.tables.map(({ table, status }) => ({ table, status, reason: '' })),
    { paint: plainPaint },
  );
  const sums = [
    summary,
    ...sizeTexts(digest),
    openText(digest),
    ...failureTexts(digest),
    ...tagTexts(digest),
  ];
  const paragraphs = [
    sums.map((text) => paragraph(text)).join('\n'),
    ...tableTexts(digest.tables, content),
    footerText(content),
  ];
  return {
    subject: subjectText(`[Tablekeeper ${content.instance}] Digest: ${summary}`),
    body: `${paragraphs.join('\n\n')}\n`,
  };
};
