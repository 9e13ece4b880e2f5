import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { buildFunctions, copyWithPolicies } from '../tools/build-functions.ts';
import { FAR_VAULT, VAULT } from './stack.ts';
import { wirePlugin } from './wire/wire-plugin.ts';

/** A zone whose clocks change within the 45 days. */
const TIMEZONE = 'Europe/Berlin';

/** The policies as they are deployed, and as someone edits them one morning. */
export type PolicyVersion = 'careful' | 'careless';

/** The functions, built once with each version of the policies. */
export interface Builds {
  /** The folder of the functions, once they are built. */
  built(version: PolicyVersion): Promise<string>;
  /** The policy file's text. */
  textOf(version: PolicyVersion): string;
  remove(): Promise<void>;
}

/** What the company adds: some tables are also kept in a vault, with copies elsewhere, and drills prove that they come back. */
const OFFSITE = {
  engine: 'aws-backup',
  schedule: '30 3 * * 1',
  vault: VAULT,
  retention: { weekly: 4, monthly: 3 },
  copyTo: [
    {
      vault: `arn:aws:backup:${FAR_VAULT.region}:111122223333:backup-vault:${FAR_VAULT.name}`,
      retention: { monthly: 3 },
    },
  ],
  rto: '4h',
  drill: { every: '30d', sample: 20 },
};

const editedText = (text: string, version: PolicyVersion): string => {
  const document = parseDocument(text);
  document.set('timezone', TIMEZONE);
  document.setIn(['policies', 'offsite'], OFFSITE);
  if (version === 'careless') document.setIn(['policies', 'standard', 'retention'], { last: 2 });
  return document.toString();
};

/** What the schedules and the topic call. */
const CALLED = ['audit', 'backup', 'drill', 'prune', 'slack'] as const;

/**
 * Builds the functions with the project's policy file as a company in Berlin has it and, for the first days, with the mistake that keeps two of
 * everything.
 */
export const buildWith = async (policiesFile: string): Promise<Builds> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-demo-'));
  const original = await readFile(policiesFile, 'utf8');
  const folderOf = (version: PolicyVersion): string => join(folder, version);
  const textOf = (version: PolicyVersion): string => editedText(original, version);
  const fileOf = async (version: PolicyVersion): Promise<string> => {
    const file = join(folder, `${version}.yml`);
    await writeFile(file, textOf(version));
    return file;
  };
  const build = async (version: PolicyVersion): Promise<void> => {
    const outdir = folderOf(version);
    await buildFunctions({
      policiesFile: await fileOf(version),
      outdir,
      names: CALLED,
      plugins: [wirePlugin],
    });
  };
  const copy = async (from: PolicyVersion, version: PolicyVersion): Promise<string> => {
    const outdir = folderOf(version);
    await copyWithPolicies(folderOf(from), { policiesFile: await fileOf(version), outdir });
    return outdir;
  };
  const removeAll = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build('careful');
  } catch (error) {
    await removeAll();
    throw error;
  }
  const careless = copy('careful', 'careless');
  // It is waited for when it is deployed, if ever.
  careless.catch(() => undefined);
  return {
    textOf,
    built: (version) => (version === 'careful' ? Promise.resolve(folderOf(version)) : careless),
    remove: async () => {
      await Promise.allSettled([careless]);
      await removeAll();
    },
  };
};
