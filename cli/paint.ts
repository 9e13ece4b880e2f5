import { randomInt } from 'node:crypto';
import type { Paint, Tone } from './view/colour.ts';

/** What each tone switches on, and off again, in the codes of a terminal. */
const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  muted: [2, 22],
  strong: [1, 22],
};

/** Unknown outside this process, so no text from outside can contain one of its marks. */
const KEY = randomInt(2 ** 40, 2 ** 47);

const mark = (code: number): string => `\u001b[${KEY};${code}m`;

/** Every mark that `colours` makes, with its code. */
export const OWN_MARK = new RegExp(`\\u001b\\[${KEY};(\\d{1,2})m`, 'g');

/**
 * SAFETY: anything else that looks like a colour is untrusted text, and could hide words or make bad news green. Paints with marks that only this
 * process makes, which `sanitizeTerminal` turns into colours as the text is written.
 */
export const colours: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return `${mark(on)}${text}${mark(off)}`;
};
