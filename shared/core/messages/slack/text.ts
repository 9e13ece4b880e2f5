import { capped, singleLine } from '../../text/words.ts';

/** Characters that Slack reads as markup, and others that look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
};

/** Looks like an at sign, and notifies nobody. What is copied contains no characters that nobody sees. */
const AT = '\uff20';

/** Looks like a colon, and begins no emoji. */
const COLON = '\u2236';

/**
 * Escapes the characters that Slack reserves.
 * @see https://docs.slack.dev/messaging/formatting-message-text (checked 2026-11-23)
 */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Prevents notifications of `@here`, `@channel`, or a person. */
const escapeMentions = (text: string): string => text.replaceAll(/@(?=\w)/g, AT);

/**
 * Replaces markup characters. An underscore between letters or digits is not markup, so that names such as `my_table`
 * stay unchanged.
 */
const unmarked = (text: string): string =>
  text
    .replaceAll(/[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => LOOKALIKES[mark] ?? mark)
    .replace(/^>+/, '\u203a');

/** Prevents links from addresses and emoji from `:name:`. A time of day is neither, nor is what follows a word: `backup:policy:`. */
const unlinked = (text: string): string =>
  text.replaceAll('://', ': //').replaceAll(/(?<!\w):(?=[\w+'-]+:)(?!\d\d:)/g, COLON);

/** Writes text from outside as code on one line, to be copied unchanged. An empty text is shown as a dash. */
export const slackCode = (text: string): string => {
  const line = escaped(escapeMentions(singleLine(text).replaceAll('`', '\u02cb')));
  return `\`${line === '' ? '-' : line}\``;
};

const words = (text: string): string => escaped(escapeMentions(unlinked(unmarked(text))));

/** An ARN is there to be copied. */
const ARN = /(\barn:aws[a-z-]*:[\w.:/+=,*-]*[\w*])/;

/**
 * Writes text from outside as one line of a Slack message without notifications, links or formatting. Characters that
 * Slack would read as markup are replaced by ones that look like them; an ARN is code, to be copied unchanged.
 */
export const slackProse = (text: string): string =>
  singleLine(text)
    .split(ARN)
    .map((part, at) => (at % 2 === 0 ? words(part) : slackCode(part)))
    .join('');

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
