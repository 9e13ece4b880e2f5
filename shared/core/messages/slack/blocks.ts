import type { AlertDocument, AlertMessage, LeftOut, NewsKind } from '../../../model/alert-message.ts';
import type { Severity } from '../../../model/finding.ts';
import { planText } from '../../text/whole-command.ts';
import { chooseFindings, type EntryGroup, findingsIn } from '../choice.ts';
import { SLACK_COLOURS } from './colours.ts';
import { slackFinding, slackFindingLine } from './finding.ts';
import {
  MESSAGE_CHARS,
  MOST_BLOCKS,
  PLAIN_CHARS,
  plainPayload,
  richPayload,
  type SlackAttachment,
  type SlackMessage,
  SUBJECT_CHARS,
  slackContext,
  slackHeader,
  slackSection,
} from './payload.ts';
import { slackCode, truncate } from './text.ts';
import { slackWhere } from './where.ts';

const HEADINGS: Readonly<Record<NewsKind, string>> = {
  opened: 'NEW',
  worsened: 'WORSE',
  reminders: 'STILL OPEN (reminder)',
  resolved: 'RESOLVED',
};

const WORDS: Readonly<Record<NewsKind, string>> = {
  opened: 'new',
  worsened: 'worse',
  reminders: 'still open',
  resolved: 'resolved',
};

const headingOf = ({ kind, severity, entries }: EntryGroup): string => {
  const under = severity === undefined ? '' : ` \u00b7 ${severity.toUpperCase()}`;
  return `${HEADINGS[kind]}${under} (${findingsIn(entries)})`;
};

const colourOf = (severity: Severity | undefined): string =>
  severity === undefined ? SLACK_COLOURS.good : SLACK_COLOURS[severity];

const attachmentOf = (group: EntryGroup): SlackAttachment => ({
  color: colourOf(group.severity),
  fallback: headingOf(group),
  blocks: [slackContext(`*${headingOf(group)}*`), ...group.entries.map(({ text }) => slackSection(text))],
});

const restText = (rest: readonly LeftOut[], alert: AlertMessage): readonly string[] => {
  const total = rest.reduce((sum, { count }) => sum + count, 0);
  const counts = rest.map(({ kind, severity, count }) => `${count} ${WORDS[kind]} ${severity}`);
  return total === 0
    ? []
    : [
        `And ${total} more: see the mail (${counts.join(', ')}). ${truncate(planText(alert), SUBJECT_CHARS, slackCode)} shows what is open.`,
      ];
};

const plainOf = (subject: string, alert: AlertMessage): string => {
  const form = { blocks: Number.POSITIVE_INFINITY, chars: PLAIN_CHARS, show: slackFindingLine };
  const { groups, rest } = chooseFindings(alert, form);
  return [
    truncate(subject, SUBJECT_CHARS),
    ...groups.flatMap((group) => [headingOf(group), ...group.entries.map(({ text }) => text)]),
    ...restText(rest, alert),
    slackWhere(alert),
  ].join('\n');
};

/**
 * Writes the Slack message for an alert, with the mail's content: new findings first, worst first, beside the colour of
 * their severity. It stays under Slack's limits and counts what does not fit. Text from outside neither notifies
 * anybody nor becomes a link.
 */
export const renderSlackAlert = ({ subject, alert }: AlertDocument): SlackMessage => {
  const { groups, rest } = chooseFindings(alert, {
    blocks: MOST_BLOCKS,
    chars: MESSAGE_CHARS,
    show: (entry) => slackFinding(entry, alert),
  });
  const end = {
    color: SLACK_COLOURS.info,
    fallback: 'more',
    blocks: restText(rest, alert).map(slackSection),
  };
  const attachments = [...groups.map(attachmentOf), ...(end.blocks.length === 0 ? [] : [end])];
  return {
    rich: richPayload(subject, {
      blocks: [slackHeader(subject), slackContext(slackWhere(alert))],
      ...(attachments.length > 0 && { attachments }),
    }),
    plain: plainPayload(plainOf(subject, alert)),
  };
};
