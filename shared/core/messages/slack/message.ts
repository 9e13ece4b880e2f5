import { assertNever } from '../../../model/errors.ts';
import { counted } from '../../text/words.ts';
import { topicContent } from '../topic-content.ts';
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

/** A message on the topic. */
export interface TopicText {
  /** Empty where the publisher gave none. */
  readonly subject: string;
  readonly text: string;
}

const LINE_CHARS = 500;

/** For the sentence that counts what has no room. */
const REST_CHARS = 100;

/** As many lines as there is room for, from the front, and the count of the rest. */
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

/** Line by line as it came, without the padding of mails. */
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
 * Given a message on the topic, returns it for Slack, in blocks and in text alone: alerts and digests of ours in full, alarms of CloudWatch with their
 * reason, anything else with its subject and text. At the edge everything stays under Slack's limits, and what has no room is counted.
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
