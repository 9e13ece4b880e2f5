import { OWN_MARK } from './paint.ts';

/**
 * Cursors, titles, colours, direction of writing, and invisible characters: whatever is not shown as itself. Line breaks stay: only this program writes
 * them. The letters that Unicode lets programs leave out (fillers, joiners, selectors) are included.
 */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<!\n)/gu;

const blank = (text: string): string => text.replaceAll(UNSHOWN, (char) => ' '.repeat(char.length));

/**
 * Replaces everything that a terminal would obey or hide by spaces of the same width, except colours painted here (`paint.ts`) and line breaks.
 * Everything that is printed passes through here, so that no tag, policy file or response can rewrite a screen, hide a word or paint one.
 */
export const sanitizeTerminal = (text: string): string => {
  const pieces = text.split(OWN_MARK);
  // Every second piece is the code of a mark.
  return pieces.map((piece, index) => (index % 2 === 1 ? `\u001b[${piece}m` : blank(piece))).join('');
};

/** Escapes every character in a JSON document, or in a log, that a terminal would not show. */
export const harmlessJson = (text: string): string =>
  text.replaceAll(UNSHOWN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
