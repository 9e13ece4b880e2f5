import type { AlertDocument, AlertMessage, LeftOut } from '../../../model/alert-message.ts';
import type { Severity } from '../../../model/finding.ts';
import { planText } from '../../text/whole-command.ts';
import { chooseFindings, type EntryGroup, headingOf, restCounts } from '../choice.ts';
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

const colourOf = (severity: Severity | undefined): string =>
  severity === undefined ? SLACK_COLOURS.good : SLACK_COLOURS[severity];

const attachmentOf = (group: EntryGroup<string>): SlackAttachment => ({
  color: colourOf(group.severity),
  fallback: headingOf(group),
  blocks: [slackContext(`*${headingOf(group)}*`), ...group.entries.map(({ shown }) => slackSection(shown))],
});

const restText = (rest: readonly LeftOut[], alert: AlertMessage): readonly string[] => {
  const counts = restCounts(rest);
  return counts === undefined
    ? []
    : [`${counts} ${truncate(planText(alert), SUBJECT_CHARS, slackCode)} shows what is open.`];
};

/** The most that the title, the origin and the count of the rest take, and a heading, in characters. */
const SIZES = { frameSize: 1_900, headingSize: 60, sizeOf: ({ length }: string): number => length };

const plainOf = (subject: string, alert: AlertMessage): string => {
  const form = { ...SIZES, blocks: Number.POSITIVE_INFINITY, size: PLAIN_CHARS, show: slackFindingLine };
  const { groups, rest } = chooseFindings(alert, form);
  return [
    truncate(subject, SUBJECT_CHARS),
    ...groups.flatMap((group) => [headingOf(group), ...group.entries.map(({ shown }) => shown)]),
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
    ...SIZES,
    blocks: MOST_BLOCKS,
    size: MESSAGE_CHARS,
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
