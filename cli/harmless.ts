/** Our own colours, as `styleText` writes them. */
const ESCAPE = '\u001b';
const COLOUR = new RegExp(`(${ESCAPE}\\[\\d{1,3}m)`);

/** Cursors, titles, direction of writing, and what nobody sees: whatever is not shown as itself. Line breaks are ours. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}](?<!\n)/gu;

/**
 * Given text that is about to be written to a person, returns it so that it shows nothing but itself: everything that a terminal would obey or
 * hide is spaces of the same width, except colours and line breaks. Whatever is printed comes through here, so that no tag, policy file or answer
 * can rewrite a screen.
 */
export const harmless = (text: string): string =>
  text
    .split(COLOUR)
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replaceAll(UNSHOWN, (char) => ' '.repeat(char.length)),
    )
    .join('');

/** Given the text of a JSON document, returns the same document with everything unshown written as an escape. */
export const harmlessJson = (text: string): string =>
  text.replaceAll(UNSHOWN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
