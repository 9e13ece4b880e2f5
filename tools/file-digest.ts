import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Lists the files that globs name, as paths from a folder, in one order on every machine. */
export const filesIn = (root: string, globs: readonly string[]): readonly string[] =>
  globSync(globs, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .toSorted();

export const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Digests the names and the contents of files, by their paths from a folder. */
export const digestOfFiles = (root: string, files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
};
