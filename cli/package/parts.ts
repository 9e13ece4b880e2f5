import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DESTINATION_FILE, type StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { UserError } from '../../shared/model/errors.ts';
import { IS_CLONE, ownFile } from '../own-files.ts';
import { readZip, type ZipEntry } from './zip.ts';

/** The file beside the archives that says what they are. */
export const PARTS_FILE = 'parts.json';
export const TEMPLATE_FILE = 'template.json';

/** A function of the deployment. */
export interface PartFunction {
  readonly name: string;
  /** Whether it acts by policies, which then lie beside its module. */
  readonly hasPolicies: boolean;
}

export interface PartsContent {
  /** Of Tablekeeper. */
  readonly version: string;
  readonly functions: readonly PartFunction[];
}

/** What a deployment is put together from, whatever its policies and parameters. */
export interface Parts extends PartsContent {
  readonly template: StackTemplate;
  /** The text of the template for a vault that is copied into. */
  readonly destination: string;
  /** The files of a built function, but for its policies. */
  readonly archiveOf: (name: string) => Promise<readonly ZipEntry[]>;
}

const readJson = async <Content>(folder: string, file: string): Promise<Content> =>
  JSON.parse(await readFile(join(folder, file), 'utf8')) as Content;

/** Reads the parts that lie in a folder. */
export const readParts = async (folder: string): Promise<Parts> => ({
  ...(await readJson<PartsContent>(folder, PARTS_FILE)),
  template: await readJson<StackTemplate>(folder, TEMPLATE_FILE),
  destination: await readFile(join(folder, DESTINATION_FILE), 'utf8'),
  archiveOf: async (name) => readZip(await readFile(join(folder, `${name}.zip`))),
});

const notBuilt = (cause: unknown): UserError => {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
  return new UserError(
    {
      code: 'not-built',
      what: `The functions of this clone could not be built: ${said}`,
      fix: 'Run npm ci, and see whether npm run build works.',
    },
    { cause },
  );
};

/** Builds them again each time, so that no old build is ever packaged. */
const buildParts = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-parts-'));
  try {
    await promisify(execFile)(process.execPath, [ownFile('tools/release-parts.ts'), '--out', folder], {
      env,
    });
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw notBuilt(error);
  }
};

/** Hands over the parts of this program: those of the package, or of the clone as it is now. */
export const withParts = async <Made>(
  env: NodeJS.ProcessEnv,
  make: (parts: Parts) => Promise<Made>,
): Promise<Made> => {
  if (!IS_CLONE) return await make(await readParts(ownFile('parts')));
  const folder = await buildParts(env);
  try {
    return await make(await readParts(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
