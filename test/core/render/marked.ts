import type { Screen } from '../../../shared/core/render/colour.ts';

/** A screen that shows each tone as a word. */
export const MARKED: Screen = { paint: (tone, text) => `<${tone}:${text}>` };
