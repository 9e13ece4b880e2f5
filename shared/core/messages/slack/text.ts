import { capped, singleLine } from '../../text/words.ts';

/** Characters that Slack reads as markup, and others that look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
};

/** Takes no space, and separates what Slack would otherwise read as one. */
const GAP = '\u200b';

/**
 * Escapes the characters that Slack reserves.
 * @see https://docs.slack.dev/messaging/formatting-message-text (checked 2026-11-23)
 */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Prevents notifications of `@here`, `@channel`, or a person. */
const escapeMentions = (text: string): string => text.replaceAll(/@(?=\w)/g, `@${GAP}`);

/**
 * Replaces markup characters. An underscore between letters or digits is not markup, so that names such as `my_table`
 * stay unchanged.
 */
const unmarked = (text: string): string =>
  text
    .replaceAll(/[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => LOOKALIKES[mark] ?? mark)
    .replace(/^>+/, '\u203a');

/** Prevents links from addresses and emoji from `:name:`. A time of day is neither. */
const unlinked = (text: string): string =>
  text.replaceAll('://', `:${GAP}//`).replaceAll(/:(?=[\w+'-]+:)(?!\d\d:)/g, `:${GAP}`);

/**
 * Writes text from outside as one line of a Slack message without notifications, links or formatting. Characters that
 * Slack would read as markup are replaced by ones that look like them.
 */
export const slackProse = (text: string): string =>
  escaped(escapeMentions(unlinked(unmarked(singleLine(text)))));

/** Writes text from outside as code on one line, to be copied unchanged. An empty text is shown as a dash. */
export const slackCode = (text: string): string => {
  const line = escaped(escapeMentions(singleLine(text).replaceAll('`', '\u02cb')));
  return `\`${line === '' ? '-' : line}\``;
};

/** Checks whether text is unchanged in a code block, so that it can be copied from it. */
export const isSlackCode = (text: string): boolean => !text.includes('`') && escapeMentions(text) === text;

/** Writes lines from outside as one code block. */
export const slackCodeBlock = (lines: readonly string[]): string =>
  ['```', ...lines.map((line) => escaped(escapeMentions(line.replaceAll('`', '\u02cb')))), '```'].join('\n');

/**
 * Shows text from outside in at most `chars` characters. It is cut before it is escaped, and `...` shows a cut. Lengths
 * are in UTF-16 code units, never less than Slack counts.
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
