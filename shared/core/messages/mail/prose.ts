import { capped } from '../../text/words.ts';

/** What mail programs make a link of, wherever it stands. */
const LINKS = /:\/\/|\bwww\.|mailto:|javascript:/gi;

/**
 * Given text from outside and how many characters there are for it, returns it for a sentence of a mail: on one line, cut, and no link. Mail
 * programs turn addresses into links by themselves, and a tag's value must not send anybody anywhere. At the edge an address can still be read, with a space
 * in its middle.
 */
export const mailProse = (text: string, chars: number): string =>
  capped(text, chars).replaceAll(LINKS, (start) => `${start.slice(0, 1)} ${start.slice(1)}`);
