import type { Severity } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Target } from '../../model/target.ts';
import type { News } from '../alert/news.ts';
import { SEVERITIES } from '../alert/severity-order.ts';
import { capped } from './finding-text.ts';
import { type MailTime, openBlock, resolvedBlock } from './mail-blocks.ts';
import { mailSubject, summaryText } from './mail-subject.ts';
import { wrapText } from './wrap.ts';

/** What a mail is made of. `timezone` is a zone in which times are shown beside UTC. */
export interface MailContent extends MailTime {
  readonly news: News;
  readonly instance: string;
  readonly target: Target;
  readonly runId?: string | undefined;
  /** Where the run's log can be read. */
  readonly logLink?: string | undefined;
}

/** A mail: the notifier's message. */
export interface Mail {
  readonly subject: string;
  readonly body: string;
}

/**
 * What the findings of one mail may take, in bytes. SNS takes 262,144 with everything around it.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
const FINDINGS_BYTES = 200_000;

/** Links and ids are short; longer ones are not ours. */
const FOOTER_CHARS = 1_000;

/** One paragraph of the mail, and the headings it stands under. */
interface Entry {
  readonly section: string;
  readonly severity: Severity;
  readonly block: string;
}

const encoder = new TextEncoder();

const bytesOf = (text: string): number => encoder.encode(text).length;

const entriesOf = ({ news, ...time }: MailContent): readonly Entry[] => {
  const open = (section: string, findings: readonly OpenFinding[]) =>
    findings.map((one) => ({ section, severity: one.severity, block: openBlock(one, time) }));
  const over = news.resolved.map((one) => ({
    section: 'RESOLVED',
    severity: one.severity,
    block: resolvedBlock(one, time),
  }));
  return [
    ...open('NEW', news.opened),
    ...open('WORSE', news.worsened),
    ...open('STILL OPEN (reminder)', news.reminders),
    ...over,
  ];
};

/** As many entries as there is room for, from the front; every entry counts with the headings it may bring. */
const fitting = (entries: readonly Entry[]): number => {
  let bytes = 0;
  const tooMany = entries.findIndex(({ section, severity, block }) => {
    bytes += bytesOf(`${section}\n\n${severity}\n\n${block}\n\n`);
    return bytes > FINDINGS_BYTES;
  });
  return tooMany === -1 ? entries.length : tooMany;
};

const countsText = (entries: readonly Entry[]): string =>
  SEVERITIES.map((severity) => ({
    severity,
    count: entries.filter((entry) => entry.severity === severity).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');

/** Resolved ones stand together: how bad they were matters no more. */
const sectionText = (section: string, entries: readonly Entry[]): readonly string[] => {
  if (section === 'RESOLVED') return [section, ...entries.map(({ block }) => block)];
  const groups = [...Map.groupBy(entries, ({ severity }) => severity)];
  return [
    section,
    ...groups.flatMap(([severity, group]) => [
      `${severity.toUpperCase()} (${group.length})`,
      ...group.map(({ block }) => block),
    ]),
  ];
};

const restText = (rest: readonly Entry[]): readonly string[] =>
  [...Map.groupBy(rest, ({ section }) => section)].map(([section, entries]) =>
    wrapText(
      `And ${entries.length} more under ${section} that this mail has no room for: ${countsText(entries)}. "tablekeeper plan" shows them all.`,
    ).join('\n'),
  );

const footerText = ({ instance, target, runId, logLink }: MailContent): string =>
  [
    '-- ',
    `Tablekeeper ${instance}, account ${target.accountId}, Region ${target.region}`,
    ...(runId === undefined ? [] : [`Run: ${runId}`]),
    ...(logLink === undefined ? [] : [`Log: ${logLink}`]),
    'What each finding means: docs/findings.md',
  ]
    .map((line) => capped(line, FOOTER_CHARS))
    .join('\n');

/**
 * Given news, returns the mail that tells it: the summary first, then what is new and what is worse, worst first, then reminders, then what
 * is over, and where it all is. Plain text in lines of at most 76 characters as far as words allow. At the edge the subject is ASCII and
 * under 100 characters, the whole stays under SNS's limit, and whatever has no room is counted.
 */
export const renderMail = (content: MailContent): Mail => {
  const entries = entriesOf(content);
  const room = fitting(entries);
  const sections = [...Map.groupBy(entries.slice(0, room), ({ section }) => section)];
  const paragraphs = [
    wrapText(summaryText(content.news)).join('\n'),
    ...sections.flatMap(([section, ofSection]) => sectionText(section, ofSection)),
    ...restText(entries.slice(room)),
    footerText(content),
  ];
  return { subject: mailSubject(content.news, content.instance), body: `${paragraphs.join('\n\n')}\n` };
};
