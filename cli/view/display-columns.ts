/** What a terminal shows two columns wide: East Asian letters, and emoji. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** What takes no column of its own. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

const widthOf = (letter: string): number => {
  if (NO_WIDTH.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
};

/** Counts the columns that text takes in a terminal: a letter with its accents is one, a wide one two. */
export const columnsOf = (text: string): number =>
  [...letters.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);
