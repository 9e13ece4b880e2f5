import { capped } from '../../text/words.ts';

/** Matches what mail programs turn into a link, anywhere in a text. */
const LINKS = /:\/\/|\bwww\.|mailto:|javascript:/gi;

/**
 * SAFETY: a tag's value must not become a link, although mail programs turn addresses into links by themselves. Writes
 * text from outside as part of a sentence: on one line, cut to `chars`, and without links. An address stays readable,
 * with a space in its middle.
 */
export const mailProse = (text: string, chars: number): string =>
  capped(text, chars).replaceAll(LINKS, (start) => `${start.slice(0, 1)} ${start.slice(1)}`);
