const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/<[^|>]+\|([^>]+)>/g, '$1'],
  [/<([^>]+)>/g, '$1'],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&amp;/g, '&'],
];

/** What marks a line as bold or a word as code is shown as weight and colour, and not as a character. */
const withoutMarks = (line: string): string =>
  line.replace(/^\*(.+)\*$/, '$1').replaceAll(/`([^`]+)`/g, '$1');

/** Given text with Slack's markup, returns its lines as they are shown: links by their words, marks gone, entities as what they stand for. */
export const slackShown = (markup: string): readonly string[] =>
  markup
    .split('\n')
    .map((line) =>
      ENTITIES.reduce((text, [pattern, shown]) => text.replaceAll(pattern, shown), withoutMarks(line)),
    );
