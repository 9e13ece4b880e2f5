import type { DigestDocument, DigestMessage, DigestSection } from '../../../model/digest-message.ts';
import { counted } from '../../text/words.ts';
import { SLACK_COLOURS } from './colours.ts';
import {
  MESSAGE_CHARS,
  PLAIN_CHARS,
  plainPayload,
  richPayload,
  SECTION_CHARS,
  type SlackAttachment,
  type SlackMessage,
  SUBJECT_CHARS,
  slackContext,
  slackHeader,
  slackSection,
} from './payload.ts';
import { truncate } from './text.ts';
import { slackWhere } from './where.ts';

/** A title is a few words. */
const TITLE_CHARS = 60;

/** A line that lists twenty names of the longest kind is cut; the mail has it whole. */
const LINE_CHARS = 500;

/** Title, where it comes from, and their frame, in characters at the most. */
const FRAME_CHARS = 1_900;

/** What is kept for each of the parts that are still to come, in characters. */
const LEAST_CHARS = 250;

/** More parts than a digest has; more are not ours. */
const MOST_SECTIONS = 8;

/** For the sentence that counts what has no room. */
const REST_CHARS = 60;

const titleOf = ({ title }: DigestSection): string => truncate(title.toUpperCase(), TITLE_CHARS) || '-';

/** A list's mark is an asterisk in plain text, which Slack would take for bold. */
const lineText = (line: string): string =>
  line.startsWith('* ') ? `\u2022 ${truncate(line.slice(2), LINE_CHARS)}` : truncate(line, LINE_CHARS);

/** As many lines as there is room for, from the front, and the count of the rest. */
const linesWithin = (lines: readonly string[], chars: number): string => {
  let used = 0;
  const room = lines.findIndex((line) => {
    used += line.length + 1;
    return used > chars - REST_CHARS;
  });
  const kept = room === -1 ? lines : lines.slice(0, room);
  const rest = lines.length - kept.length;
  return [...kept, ...(rest === 0 ? [] : [`And ${counted(rest, 'more line')}: see the mail.`])].join('\n');
};

/** A part as it is shown. */
interface Shown {
  readonly section: DigestSection;
  readonly text: string;
}

/** Each part as long as it is, or as there is room for, with a little left for each of those behind it. */
const shownWithin = (sections: readonly DigestSection[], chars: number): readonly Shown[] => {
  let left = chars;
  return sections.map((section, at) => {
    const room = Math.min(SECTION_CHARS, left - LEAST_CHARS * (sections.length - 1 - at));
    const lines = section.lines.map(lineText).filter((line) => line !== '');
    const text = linesWithin(lines, room - TITLE_CHARS) || '-';
    left -= text.length + TITLE_CHARS;
    return { section, text };
  });
};

const attachmentOf = ({ section, text }: Shown): SlackAttachment => ({
  color: SLACK_COLOURS[section.severity ?? 'good'],
  fallback: titleOf(section),
  blocks: [slackContext(`*${titleOf(section)}*`), slackSection(text)],
});

const plainOf = (subject: string, digest: DigestMessage, sections: readonly DigestSection[]): string =>
  [
    truncate(subject, SUBJECT_CHARS),
    ...shownWithin(sections, PLAIN_CHARS - FRAME_CHARS).flatMap(({ section, text }) => [
      titleOf(section),
      text,
    ]),
    slackWhere(digest),
  ].join('\n');

/**
 * Given a digest, returns the Slack message of it: each part beside a colour that says how bad it is, then where it comes from. At the edge it stays under
 * Slack's limits, and lines that have no room are counted.
 */
export const renderSlackDigest = ({ subject, digest }: DigestDocument): SlackMessage => {
  const sections = digest.sections.slice(0, MOST_SECTIONS);
  const attachments = shownWithin(sections, MESSAGE_CHARS - FRAME_CHARS).map(attachmentOf);
  return {
    rich: richPayload(subject, {
      blocks: [slackHeader(subject), slackContext(slackWhere(digest))],
      ...(attachments.length > 0 && { attachments }),
    }),
    plain: plainPayload(plainOf(subject, digest, sections)),
  };
};
