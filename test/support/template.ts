import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FUNCTION_NAMES } from '../../tools/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');
const CACHE = join(ROOT, 'node_modules/.cache/tablekeeper');

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** Everything that a template is made of, besides what package-lock.json says of node_modules. */
const PARTS = [
  'package.json',
  'serverless.yml',
  'policies.yml',
  'iam',
  'stack',
  'tools',
  'shared/core',
  'shared/model',
];

/** The stack's own files around functions that are one line long: what is packaged is the template, and dist/ is left alone. */
const layOut = (folder: string): void => {
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'tools/build.ts'), '');
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(folder, 'dist', name), { recursive: true });
    writeFileSync(join(folder, 'dist', name, 'index.mjs'), 'export const handler = async () => {};\n');
  }
};

/** Neither credentials nor a Region, as on a machine that knows no AWS. */
const withoutAws = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

/** Returns the template as text. */
const packaged = (args: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-template-'));
  try {
    layOut(folder);
    execFileSync(process.execPath, [SERVERLESS, 'package', '--package', 'out', ...args], {
      cwd: folder,
      // Half of its time it compiles itself, the same each time.
      env: { ...withoutAws(), NODE_COMPILE_CACHE: join(CACHE, 'compiled') },
      stdio: 'pipe',
    });
    return readFileSync(join(folder, 'out/cloudformation-template-update-stack.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const FILES = [...PARTS, 'package-lock.json'].flatMap((part) => [part, `${part}/**/*`]);

/** Of everything that is packaged, and of this file. */
const digestOf = (args: readonly string[]): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify(args))
    .update(readFileSync(import.meta.filename));
  const found = globSync(FILES, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of found.map(({ parentPath, name }) => join(parentPath, name)).toSorted())
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
};

/** Written aside and put in place at once: another worker may ask for the same. */
const keep = (file: string, text: string): void => {
  mkdirSync(CACHE, { recursive: true });
  const aside = `${file}.${process.pid}.${performance.now()}`;
  writeFileSync(aside, text);
  renameSync(aside, file);
};

/**
 * Packages the CloudFormation template that would be deployed for arguments of `serverless package`. It is packaged once for the same files and
 * arguments; two requests at the same moment both package.
 */
export const packageTemplate = (...args: readonly string[]): Template => {
  const file = join(CACHE, `template-${digestOf(args)}.json`);
  if (!existsSync(file)) keep(file, packaged(args));
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
};
