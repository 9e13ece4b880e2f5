import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { buildFunctions } from '../tools/build-functions.ts';

/** A zone whose clocks change within the 45 days. */
const TIMEZONE = 'Europe/Berlin';

/** The policies as they are deployed, and as somebody edits them one morning. */
export type PolicyVersion = 'careful' | 'careless';

/** The functions, built once with each version of the policies. */
export interface Builds {
  folderOf(version: PolicyVersion): string;
  /** The policy file's text. */
  textOf(version: PolicyVersion): string;
  remove(): Promise<void>;
}

const editedText = (text: string, version: PolicyVersion): string => {
  const document = parseDocument(text);
  document.set('timezone', TIMEZONE);
  if (version === 'careless') document.setIn(['policies', 'standard', 'retention'], { last: 2 });
  return document.toString();
};

const VERSIONS: readonly PolicyVersion[] = ['careful', 'careless'];

/** Given the project's policy file, builds the functions with it as a company in Berlin has it, and with the slip that keeps two of everything. */
export const buildWith = async (policiesFile: string): Promise<Builds> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-demo-'));
  const original = await readFile(policiesFile, 'utf8');
  const folderOf = (version: PolicyVersion): string => join(folder, version);
  const texts = new Map(VERSIONS.map((version) => [version, editedText(original, version)]));
  const textOf = (version: PolicyVersion): string => texts.get(version) ?? '';
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const builds = VERSIONS.map(async (version) => {
    const file = join(folder, `${version}.yml`);
    await writeFile(file, textOf(version));
    await buildFunctions({ policiesFile: file, outdir: folderOf(version) });
  });
  try {
    await Promise.all(builds);
  } catch (error) {
    await Promise.allSettled(builds);
    await remove();
    throw error;
  }
  return { folderOf, textOf, remove };
};
