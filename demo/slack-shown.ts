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

/** Renders Slack's markup as lines: links by their text, formatting characters removed, entities decoded. */
export const slackShown = (markup: string): readonly string[] =>
  markup
    .split('\n')
    .map((line) =>
      ENTITIES.reduce((text, [pattern, shown]) => text.replaceAll(pattern, shown), withoutMarks(line)),
    );
