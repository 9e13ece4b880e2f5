import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The style and the script of a page, and the hash by which a browser lets each in. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
  /** As a content security policy names it: `sha256-…`. */
  readonly hashOf: (text: string) => string;
}

const textOf = (url: URL): string => readFileSync(url, 'utf8').trim();

/** Reads the style and the script of a page, which lie beside this file; a build puts them beside what it makes of it. */
export const pageAssets = (): PageAssets => ({
  style: textOf(new URL('./page-style.css', import.meta.url)),
  script: textOf(new URL('./page-script.js', import.meta.url)),
  hashOf: (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
});
