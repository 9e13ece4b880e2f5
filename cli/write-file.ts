import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { cannotWrite } from './cannot-write.ts';

/** How the reader of a mistake knows what is written, and what to do where that cannot be written. */
export interface Writing {
  readonly what: string;
  readonly fix: string;
}

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

const statOf = async (path: string) => {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Writes beside a file and renames, so that a full disk leaves what was there. A device, a pipe or a link is written to itself. */
const writeAside = async (file: string, content: string | Uint8Array): Promise<void> => {
  const before = await statOf(file);
  if (before !== undefined && !before.isFile()) return await writeFile(file, content);
  const aside = `${file}.${process.pid}.part`;
  try {
    await writeFile(aside, content, before && { mode: before.mode });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
};

/** Writes a whole file or leaves what was there. Throws a `UserError` where it cannot be written. */
export const writeWhole = async (
  file: string,
  content: string | Uint8Array,
  writing: Writing,
): Promise<void> => {
  try {
    await writeAside(file, content);
  } catch (error) {
    throw cannotWrite({ file, ...writing }, error);
  }
};

/** Makes each folder by itself: Node's own `recursive` never ends where nothing can be made below a folder that is there, such as `/proc`. */
const makeEach = async (folder: string): Promise<void> => {
  const parent = dirname(folder);
  if ((await statOf(folder)) !== undefined) return;
  if (parent !== folder) await makeEach(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
};

/** Makes a folder with those above it, where it is not there. Throws a `UserError` where it cannot be made. */
export const makeFolder = async (folder: string, writing: Writing): Promise<void> => {
  try {
    await makeEach(resolve(folder));
    // Where a file has the name, this says so.
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite({ file: folder, ...writing }, error);
  }
};
