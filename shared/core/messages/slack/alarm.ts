import type { AlarmNotice } from '../topic-content.ts';
import { SLACK_COLOURS } from './colours.ts';
import {
  plainPayload,
  richPayload,
  type SlackMessage,
  slackContext,
  slackHeader,
  slackSection,
} from './payload.ts';
import { truncate } from './text.ts';

const REASON_CHARS = 1_400;
const DETAIL_CHARS = 300;

const colourOf = (state: string): string => {
  if (state === 'ALARM') return SLACK_COLOURS.critical;
  return state === 'OK' ? SLACK_COLOURS.good : SLACK_COLOURS.warning;
};

/**
 * Writes the Slack message for a CloudWatch alarm: its name and state, the reason, and where. Long texts are cut
 * visibly.
 */
export const renderSlackAlarm = (alarm: AlarmNotice): SlackMessage => {
  const title = `${alarm.state}: ${alarm.name}`;
  const body = [alarm.description, alarm.reason]
    .filter((text) => text !== undefined)
    .map((text) => truncate(text, REASON_CHARS))
    .filter((text) => text !== '')
    .join('\n');
  const where = [
    'CloudWatch alarm',
    ...(alarm.accountId === undefined ? [] : [`account ${truncate(alarm.accountId, DETAIL_CHARS)}`]),
    ...(alarm.region === undefined ? [] : [truncate(alarm.region, DETAIL_CHARS)]),
    ...(alarm.changedAt === undefined ? [] : [truncate(alarm.changedAt, DETAIL_CHARS)]),
  ].join(' \u00b7 ');
  const blocks = [...(body === '' ? [] : [slackSection(body)]), slackContext(where)];
  return {
    rich: richPayload(title, {
      blocks: [slackHeader(title)],
      attachments: [{ color: colourOf(alarm.state), fallback: truncate(title, DETAIL_CHARS), blocks }],
    }),
    plain: plainPayload(
      [truncate(title, DETAIL_CHARS), body, where].filter((line) => line !== '').join('\n'),
    ),
  };
};
