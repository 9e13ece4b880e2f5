import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import type { Emission, StackTemplate } from '../../shared/model/infrastructure-code.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { emit, type Language } from '../../shared/run/restore/emit.ts';
import { cannotWrite } from '../cannot-write.ts';
import type { Session } from '../session.ts';
import { emissionLines, filesToWrite } from '../view/infrastructure-text.ts';
import { makeFolder, type Writing } from '../write-file.ts';
import { knownSource } from './carry-out.ts';

/** What was typed about infrastructure code. */
export interface EmitOptions {
  readonly emit?: Language;
  readonly stack?: string;
  readonly out?: string;
}

/** Infrastructure code of one table, and what could not be done about it. */
export interface Emitted {
  readonly emission: Emission;
  readonly notes: readonly string[];
}

const templateOf = async (
  { readTemplate }: RestoreParts,
  stack: string | undefined,
): Promise<{ readonly template?: StackTemplate; readonly notes: readonly string[] }> => {
  if (stack === undefined) return { notes: [] };
  const read = await readTemplate(stack);
  if (read.kind === 'found') return { template: read.value, notes: [] };
  const why = read.kind === 'missing' ? 'there is no such stack' : failureText(read.failure);
  return { notes: [`The template of ${stack} could not be read (${why}): the resource is written alone.`] };
};

const exists = (path: string): UserError =>
  new UserError({
    code: 'file-exists',
    what: `${path} exists, and is not written over.`,
    fix: 'Give another folder with --out, or move it away.',
    facts: { path },
  });

const WRITING: Writing = { what: 'the infrastructure code', fix: 'Give another folder with --out.' };

const write = async (path: string, content: string): Promise<void> => {
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw exists(path);
    throw cannotWrite({ file: path, ...WRITING }, error);
  }
};

/** Writes the files into a folder, which is made where it is not there. Throws a `UserError` for a file that exists. */
const writeFiles = async (emission: Emission, folder: string): Promise<void> => {
  await makeFolder(folder, WRITING);
  for (const { name, content } of filesToWrite(emission)) await write(join(folder, name), content);
};

/** Writes a restored table as infrastructure code, into the folder of `--out` where one is given. */
export const emitTable = async (
  restore: RestoreParts,
  record: RestoreRecord,
  { emit: language, stack, out }: EmitOptions,
): Promise<Emitted | undefined> => {
  if (language === undefined) return undefined;
  const { template, notes } = await templateOf(restore, stack);
  const { manifest } = await knownSource(restore, record);
  const { settingsReader } = restore.restoreIn(record.targetRegion, () => undefined);
  const emission = await emit(
    { settingsReader, target: restore.parts.target },
    { language, record, before: manifest?.manifest, stack: template, stackName: stack },
  );
  if (out !== undefined) await writeFiles(emission, out);
  return { emission, notes };
};

/** Formats what was written, below the report of a restore. */
export const emittedLines = (
  { emission, notes }: Emitted,
  { out }: EmitOptions,
  { screen }: Session,
): readonly string[] => [...notes, ...emissionLines(emission, out, screen)];
