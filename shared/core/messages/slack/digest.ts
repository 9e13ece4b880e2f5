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

/** The limit for a title, in characters. */
const TITLE_CHARS = 60;

/** The limit for a line, in characters; a list of twenty very long names is cut, and the mail has it whole. */
const LINE_CHARS = 500;

/** The most that the title, the origin and their frame take, in characters. */
const FRAME_CHARS = 1_900;

/** The characters reserved for each following section. */
const LEAST_CHARS = 250;

/** More sections than any digest has; further ones were not written by Tablekeeper. */
const MOST_SECTIONS = 8;

/** Reserved for the sentence that counts what does not fit, in characters. */
const REST_CHARS = 60;

const titleOf = ({ title }: DigestSection): string => truncate(title.toUpperCase(), TITLE_CHARS) || '-';

/** Replaces a list's asterisk, which Slack would read as bold. */
const lineText = (line: string): string =>
  line.startsWith('* ') ? `\u2022 ${truncate(line.slice(2), LINE_CHARS)}` : truncate(line, LINE_CHARS);

/** Returns as many lines as fit, from the front, and the count of the rest. */
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

/** A section as it is shown. */
interface Shown {
  readonly section: DigestSection;
  readonly text: string;
}

/** Fits each section into the remaining room, with a little reserved for each of those after it. */
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
 * Writes the Slack message for a digest: the origin, then each section beside a colour for its severity. It stays under
 * Slack's limits, and lines that do not fit are counted.
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
