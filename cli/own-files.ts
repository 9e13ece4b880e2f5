import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, or the package's: the program lies in a folder of each. */
const ROOT = new URL('../', import.meta.url);

/** Whether this runs from a clone of the project, as it is written, and not from the package, which is built. */
export const IS_CLONE = import.meta.url.endsWith('.ts');

/** Finds a file that comes with the program, by its path in the project. */
export const ownFile = (path: string): string => fileURLToPath(new URL(path, ROOT));

const isFolder = (one: string, other: string): boolean => {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
};

/** Whether `npm run deploy` is there in a folder: this runs from a clone, and that is its folder. */
export const deploysFrom = (folder = process.cwd()): boolean => IS_CLONE && isFolder(folder, ownFile(''));
