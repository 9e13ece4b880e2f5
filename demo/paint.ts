import { styleText } from 'node:util';

/** How the parts of the timeline look. */
export interface Paint {
  readonly incident: (text: string) => string;
  readonly deed: (text: string) => string;
  readonly frame: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly right: (text: string) => string;
  readonly wrong: (text: string) => string;
  /** The bar beside a part of a Slack message, in a colour such as `#c9252d`. */
  readonly bar: (colour: string) => string;
}

const rgbOf = (colour: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

type Format = Parameters<typeof styleText>[0];

/** Creates the painter: in colours, or plain. */
export const createPaint = (isColoured: boolean): Paint => {
  const painted = (format: Format) => (text: string) =>
    isColoured && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    incident: painted('yellow'),
    deed: painted('green'),
    frame: painted('cyan'),
    strong: painted('bold'),
    faint: painted('dim'),
    right: painted('green'),
    wrong: painted('red'),
    bar: (colour) => (isColoured ? `\u001b[38;2;${rgbOf(colour).join(';')}m▌\u001b[39m` : '▌'),
  };
};
