import { fileURLToPath } from 'node:url';

/** The project's folder, or the package's: the program lies in a folder of each. */
const ROOT = new URL('../', import.meta.url);

/** Whether this runs from a clone of the project, as it is written, and not from the package, which is built. */
export const IS_CLONE = import.meta.url.endsWith('.ts');

/** Finds a file that comes with the program, by its path in the project. */
export const ownFile = (path: string): string => fileURLToPath(new URL(path, ROOT));
