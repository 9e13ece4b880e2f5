import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from './lambda-packages.ts';

/** What reads the style and the script of a page, beside itself. */
const READER = 'shared/adapters/page/page-assets.ts';

const PAGE_ASSETS = ['page-style.css', 'page-script.js'].map((file) =>
  join(ROOT, 'shared/adapters/page', file),
);

/** Says whether what was bundled writes pages. */
export const writesPages = (inputs: readonly string[]): boolean => inputs.includes(READER);

/** Puts the style and the script of a page beside a bundle that writes pages, and returns their names. */
export const copyPageAssets = async (folder: string): Promise<readonly string[]> => {
  await Promise.all(PAGE_ASSETS.map((file) => copyFile(file, join(folder, basename(file)))));
  return PAGE_ASSETS.map((file) => basename(file));
};
