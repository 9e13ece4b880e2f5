import { OWN_MARK } from './paint.ts';

/**
 * Cursors, titles, colours, direction of writing, and what nobody sees: whatever is not shown as itself. Line breaks are ours. The letters that
 * Unicode lets programs leave out (fillers, joiners, selectors) are among it.
 */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<!\n)/gu;

const blank = (text: string): string => text.replaceAll(UNSHOWN, (char) => ' '.repeat(char.length));

/**
 * Given text that is about to be written to a person, returns it so that it shows nothing but itself: everything that a terminal would obey or
 * hide is spaces of the same width, except colours of our own (`paint.ts`) and line breaks. Whatever is printed comes through here, so that no
 * tag, policy file or answer can rewrite a screen, hide a word or paint one.
 */
export const sanitizeTerminal = (text: string): string => {
  const pieces = text.split(OWN_MARK);
  // Every second piece is the code of a mark.
  return pieces.map((piece, index) => (index % 2 === 1 ? `\u001b[${piece}m` : blank(piece))).join('');
};

/** Given the text of a JSON document, or of a log, returns the same with everything unshown written as an escape. */
export const harmlessJson = (text: string): string =>
  text.replaceAll(UNSHOWN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
