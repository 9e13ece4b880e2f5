import { capped } from '../../text/words.ts';

/** Matches what mail programs turn into a link, anywhere in a text. */
const LINKS = /:\/\/|\bwww\.|mailto:|javascript:/gi;

/**
 * Writes text from outside as part of a mail's sentence: on one line, cut to `chars`, and without links, because mail
 * programs turn addresses into links by themselves and a tag's value must not lead a reader anywhere. An address stays
 * readable, with a space in its middle.
 */
export const mailProse = (text: string, chars: number): string =>
  capped(text, chars).replaceAll(LINKS, (start) => `${start.slice(0, 1)} ${start.slice(1)}`);
