import { constants, copyFile, readFile, rm } from 'node:fs/promises';
import { UserError } from '../../shared/model/errors.ts';
import { cannotWrite } from '../cannot-write.ts';
import type { Copy } from '../view/init-text.ts';
import { type Writing, writeWhole } from '../write-file.ts';

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

/** Reads a file; undefined where there is none. */
export const textIn = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const WRITING: Writing = { what: 'The file', fix: 'Begin in a folder that you may write to.' };

const notWritten = (file: string, cause: unknown): UserError => cannotWrite({ file, ...WRITING }, cause);

/** Writes a file. Throws a `UserError` where it cannot be written. */
export const write = async (file: string, text: string): Promise<void> => {
  await writeWhole(file, text, WRITING);
};

const copyExists = (file: string): UserError =>
  new UserError({
    code: 'copy-exists',
    what: 'The copy of an earlier file is there already, and nothing was written.',
    where: { file },
    fix: 'Move it away first.',
  });

/** Names the copy of a file that is written over. */
export const copyOf = (file: string): Copy => ({ of: file, to: `${file}.before-init` });

/** Throws a `UserError` where a copy is there already. */
export const refuseCopies = async (copies: readonly Copy[]): Promise<void> => {
  for (const { to } of copies) if ((await textIn(to)) !== undefined) throw copyExists(to);
};

/** SAFETY: what was written over is kept, and a copy is never written over itself. */
export const keepCopies = async (copies: readonly Copy[]): Promise<void> => {
  for (const { of, to } of copies) {
    try {
      await copyFile(of, to, constants.COPYFILE_EXCL);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw copyExists(to);
      await rm(to, { force: true });
      throw notWritten(to, error);
    }
  }
};
