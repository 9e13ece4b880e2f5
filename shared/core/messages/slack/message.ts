import { assertNever } from '../../../model/errors.ts';
import { counted } from '../../text/words.ts';
import { type TopicText, topicContent } from '../topic-content.ts';
import { renderSlackAlarm } from './alarm.ts';
import { renderSlackAlert } from './blocks.ts';
import { renderSlackDigest } from './digest.ts';
import {
  PLAIN_CHARS,
  plainPayload,
  richPayload,
  SECTION_CHARS,
  type SlackMessage,
  slackHeader,
  slackSection,
} from './payload.ts';
import { truncate } from './text.ts';

const LINE_CHARS = 500;

/** Reserved for the sentence that counts what does not fit, in characters. */
const REST_CHARS = 100;

/** Returns as many lines as fit, from the front, and the count of the rest. */
const linesWithin = (text: string, chars: number): string => {
  const lines = text.split('\n').map((line) => truncate(line, LINE_CHARS));
  let used = 0;
  const room = lines.findIndex((line) => {
    used += line.length + 1;
    return used > chars - REST_CHARS;
  });
  const kept = lines.slice(0, room === -1 ? lines.length : room);
  const rest = lines.length - kept.length;
  return [...kept, ...(rest === 0 ? [] : [`And ${counted(rest, 'more line')}: see the mail.`])]
    .join('\n')
    .trim();
};

/** Writes a text line by line, without the padding of mails. */
const renderText = ({ subject, text }: TopicText): SlackMessage => {
  const title = subject === '' ? 'A message on the alert topic' : subject;
  const body = linesWithin(text, SECTION_CHARS);
  return {
    rich: richPayload(title, { blocks: [slackHeader(title), ...(body === '' ? [] : [slackSection(body)])] }),
    plain: plainPayload(
      [truncate(title, LINE_CHARS), linesWithin(text, PLAIN_CHARS - LINE_CHARS)].join('\n').trim(),
    ),
  };
};

/**
 * Writes a message on the topic for Slack, in blocks and as plain text: Tablekeeper's alerts and digests in full,
 * CloudWatch alarms with their reason, anything else with its subject and text. Everything stays under Slack's limits,
 * and what does not fit is counted.
 */
export const renderSlackMessage = (message: TopicText): SlackMessage => {
  const content = topicContent(message.text);
  switch (content.kind) {
    case 'alert':
      return renderSlackAlert(content.document);
    case 'digest':
      return renderSlackDigest(content.document);
    case 'alarm':
      return renderSlackAlarm(content.alarm);
    case 'text':
      return renderText(message);
    default:
      return assertNever(content);
  }
};
