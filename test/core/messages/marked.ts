import type { Screen } from '../../../cli/view/colour.ts';

/** A screen that shows each tone as a word. */
export const MARKED: Screen = { paint: (tone, text) => `<${tone}:${text}>` };
