import { capped, singleLine } from '../../text/words.ts';

/** Characters that Slack reads as markup, and others that look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
};

/** Takes no room, and parts what Slack would otherwise read as one. */
const GAP = '\u200b';

/**
 * Given text, returns it without anything that Slack reads as its own.
 * @see https://docs.slack.dev/messaging/formatting-message-text (checked 2026-11-23)
 */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Calls nobody: `@here`, `@channel`, or a person. */
const escapeMentions = (text: string): string => text.replaceAll(/@(?=\w)/g, `@${GAP}`);

/** An underscore between letters or digits is no markup, so that names such as `my_table` stay as they are. */
const unmarked = (text: string): string =>
  text
    .replaceAll(/[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => LOOKALIKES[mark] ?? mark)
    .replace(/^>+/, '\u203a');

/** Neither an address that turns into a link nor a `:name:` that turns into a picture; the time of day is none. */
const unlinked = (text: string): string =>
  text.replaceAll('://', `:${GAP}//`).replaceAll(/:(?=[\w+'-]+:)(?!\d\d:)/g, `:${GAP}`);

/**
 * Given text from outside, returns it as one line of a Slack message that shows just these words: it calls nobody, links nowhere and is not
 * formatted. At the edge characters that Slack would read as markup are replaced by ones that look like them.
 */
export const slackProse = (text: string): string =>
  escaped(escapeMentions(unlinked(unmarked(singleLine(text)))));

/** Given text from outside, returns it as code on one line, to be copied as it is. At the edge no text is shown as a dash. */
export const slackCode = (text: string): string => {
  const line = escaped(escapeMentions(singleLine(text).replaceAll('`', '\u02cb')));
  return `\`${line === '' ? '-' : line}\``;
};

/** Whether text stands in a block of code just as it is: nothing in it has to be replaced there, and it can be copied from it. */
export const isSlackCode = (text: string): boolean => !text.includes('`') && escapeMentions(text) === text;

/** Given lines from outside, returns them as one block of code. */
export const slackCodeBlock = (lines: readonly string[]): string =>
  ['```', ...lines.map((line) => escaped(escapeMentions(line.replaceAll('`', '\u02cb')))), '```'].join('\n');

/**
 * Given text from outside, how many characters there are for it, and how it is shown, returns it shown in at most so many. At the edge it is
 * cut before it is escaped, and a cut is shown by `...`. Lengths are in UTF-16 code units, never less than Slack counts.
 */
export const truncate = (
  text: string,
  chars: number,
  show: (text: string) => string = slackProse,
): string => {
  let room = chars;
  let shown = show(capped(text, room));
  while (shown.length > chars && room > 3) {
    room = Math.max(3, Math.floor(room * 0.8));
    shown = show(capped(text, room));
  }
  return shown;
};
