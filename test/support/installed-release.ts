import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { digestOfFiles, filesIn } from '../../tools/file-digest.ts';
import { GENERAL_ARGUMENTS, generalize } from '../../tools/release/generalize.ts';
import { fillPackageFolder, packFolder } from '../../tools/release/package-folder.ts';
import { packageTemplate } from './template.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/tablekeeper');
const TARBALL = 'tablekeeper.tgz';

/** What the package is made of, besides what package-lock.json says of node_modules. */
const PARTS = [
  ...['cli', 'docs', 'events', 'functions', 'iam', 'shared', 'sim', 'stack', 'tools'].map(
    (folder) => `${folder}/**/*`,
  ),
  ...['*.md', '*.yml', 'package*.json', 'policies.schema.json'],
];

/** What was said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with nothing in it but the installed package. */
export interface InstalledRelease {
  readonly folder: string;
  readonly tarball: string;
  /** Starts the program as `npx tablekeeper` does, in the folder, with no more of this environment than its PATH. */
  typed(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<Said>;
  remove(): void;
}

const digestOf = (): string => {
  const files = [...filesIn(ROOT, PARTS), relative(ROOT, import.meta.filename)];
  return digestOfFiles(ROOT, files).slice(0, 16);
};

/** Made once for the same files: put aside, and in place at once. */
const tarballInCache = async (): Promise<string> => {
  const file = join(CACHE, `release-${digestOf()}.tgz`);
  if (existsSync(file)) return file;
  const aside = mkdtempSync(join(tmpdir(), 'tablekeeper-release-'));
  try {
    const template = generalize(packageTemplate(...GENERAL_ARGUMENTS) as unknown as StackTemplate);
    const folder = join(aside, 'package');
    await fillPackageFolder(folder, template, 'private');
    mkdirSync(CACHE, { recursive: true });
    const packed = join(aside, packFolder(folder, aside).filename);
    const inCache = join(CACHE, `release-aside-${process.pid}.tgz`);
    cpSync(packed, inCache);
    renameSync(inCache, file);
    return file;
  } finally {
    rmSync(aside, { recursive: true });
  }
};

/** Makes the package and installs it into an empty folder, without the network: it depends on no other package. */
export const installRelease = async (): Promise<InstalledRelease> => {
  const tarball = await tarballInCache();
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-empty-'));
  cpSync(tarball, join(folder, TARBALL));
  const quiet = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...quiet, `./${TARBALL}`], { cwd: folder, stdio: 'pipe' });
  const bin = join(folder, 'node_modules/.bin/tablekeeper');
  return {
    folder,
    tarball,
    typed: async (argv, env = {}) => {
      const { promise, resolve: done } = Promise.withResolvers<Said>();
      const own = { PATH: process.env.PATH, HOME: folder, ...env };
      execFile(bin, argv, { cwd: folder, env: own, encoding: 'utf8' }, (error, stdout, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), stdout, stderr });
      });
      return await promise;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};
