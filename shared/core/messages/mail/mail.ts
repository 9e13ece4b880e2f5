import type { ToldFinding } from '../../../model/alert-message.ts';
import type { Severity } from '../../../model/finding.ts';
import { SEVERITIES } from '../../../model/finding.ts';
import type { MessageOrigin } from '../../../model/message-origin.ts';
import { type ToldNews, toldNews } from '../../alert/groups.ts';
import type { News } from '../../alert/news.ts';
import { type Deployment, planText, withWholeCommands } from '../../text/whole-command.ts';
import { wrapText } from '../../text/wrap.ts';
import { footerText, type MailTime, openBlock, resolvedBlock } from './blocks.ts';
import { mailSubject } from './subject.ts';

/** The content of a mail. `timezone` is a zone in which times are shown beside UTC. */
export interface MailContent extends MailTime, MessageOrigin {
  readonly news: News;
}

/** A mail: the notifier's message. */
export interface Mail {
  readonly subject: string;
  readonly body: string;
}

/**
 * The limit for the findings of one mail, in bytes. SNS takes 262,144 with everything around it.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
const FINDINGS_BYTES = 200_000;

/** One paragraph of the mail, and its headings. */
interface Entry {
  readonly section: string;
  readonly severity: Severity;
  /** How many findings it covers. */
  readonly count: number;
  readonly block: string;
}

const encoder = new TextEncoder();

const bytesOf = (text: string): number => encoder.encode(text).length;

const headOf = (section: string, { severity, count = 1 }: ToldFinding) => ({ section, severity, count });

const entriesOf = (news: ToldNews, time: MailTime): readonly Entry[] => {
  const open = (section: string, findings: readonly ToldFinding[]) =>
    findings.map((one) => ({ ...headOf(section, one), block: openBlock(one, time) }));
  const over = news.resolved.map((one) => ({
    ...headOf('RESOLVED', one),
    block: resolvedBlock(one, time),
  }));
  return [
    ...open('NEW', news.opened),
    ...open('WORSE', news.worsened),
    ...open('STILL OPEN (reminder)', news.reminders),
    ...over,
  ];
};

/** Counts how many entries fit, from the front; every entry counts with the headings it may add. */
const fitting = (entries: readonly Entry[]): number => {
  let bytes = 0;
  const tooMany = entries.findIndex(({ section, severity, block }) => {
    bytes += bytesOf(`${section}\n\n${severity}\n\n${block}\n\n`);
    return bytes > FINDINGS_BYTES;
  });
  return tooMany === -1 ? entries.length : tooMany;
};

const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { count }) => sum + count, 0);

const countsText = (entries: readonly Entry[]): string =>
  SEVERITIES.map((severity) => ({
    severity,
    count: sumOf(entries.filter((entry) => entry.severity === severity)),
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');

/** Writes one section. Resolved findings stand together, because their severity no longer matters. */
const sectionText = (section: string, entries: readonly Entry[]): readonly string[] => {
  if (section === 'RESOLVED') return [section, ...entries.map(({ block }) => block)];
  const groups = [...Map.groupBy(entries, ({ severity }) => severity)];
  return [
    section,
    ...groups.flatMap(([severity, group]) => [
      `${severity.toUpperCase()} (${sumOf(group)})`,
      ...group.map(({ block }) => block),
    ]),
  ];
};

const restText = (rest: readonly Entry[], deployment: Deployment): readonly string[] =>
  [...Map.groupBy(rest, ({ section }) => section)].map(([section, entries]) =>
    wrapText(
      `And ${sumOf(entries)} more under ${section} that this mail has no room for: ${countsText(entries)}. "${planText(deployment)}" shows them all.`,
    ).join('\n'),
  );

/**
 * Writes the mail for news: what is new and what is worse, worst first, then reminders, then what is resolved, then the
 * footer. The counts are in the subject alone. Findings of one cause are one paragraph. Plain text in lines of at most 76 characters
 * where words allow. The subject is ASCII and under 100 characters, the whole stays under SNS's limit, and what does
 * not fit is counted.
 */
export const renderMail = (content: MailContent): Mail => {
  const told = toldNews(content.news);
  const news = {
    opened: withWholeCommands(told.opened, content),
    worsened: withWholeCommands(told.worsened, content),
    reminders: withWholeCommands(told.reminders, content),
    resolved: told.resolved,
  };
  const entries = entriesOf(news, content);
  const room = fitting(entries);
  const sections = [...Map.groupBy(entries.slice(0, room), ({ section }) => section)];
  const paragraphs = [
    ...sections.flatMap(([section, ofSection]) => sectionText(section, ofSection)),
    ...restText(entries.slice(room), content),
    footerText(content),
  ];
  return { subject: mailSubject(news, content.instance), body: `${paragraphs.join('\n\n')}\n` };
};
