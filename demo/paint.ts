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
}

type Format = Parameters<typeof styleText>[0];

/** Given whether a terminal shows it, returns how to paint: in colours, or not at all. */
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
  };
};
