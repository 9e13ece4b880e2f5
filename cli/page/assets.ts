import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ownFile } from '../own-files.ts';
import type { Assets } from './page.ts';

/** The files of a page, which the package has to have. */
export const PAGE_FILES = ['cli/page/assets/page-style.css', 'cli/page/assets/page-script.js'] as const;

const textOf = (path: string): string => readFileSync(ownFile(path), 'utf8').trim();

/** Reads the style and the script of a page. */
export const pageAssets = (): Assets => {
  const [style, script] = PAGE_FILES.map(textOf) as [string, string];
  return { style, script, hashOf: (text) => `sha256-${createHash('sha256').update(text).digest('base64')}` };
};
