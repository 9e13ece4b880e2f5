import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FUNCTION_NAMES } from '../../tools/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');

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
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The stack's own files around functions that are one line long: what is packaged is the template, and dist/ is left alone. */
const layOut = (folder: string): void => {
  for (const part of ['serverless.yml', 'policies.yml', 'iam', 'stack', 'tools'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  for (const part of ['node_modules', 'shared', 'package.json'])
    symlinkSync(join(ROOT, part), join(folder, part));
  writeFileSync(join(folder, 'tools/build.ts'), '');
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(folder, 'dist', name), { recursive: true });
    writeFileSync(join(folder, 'dist', name, 'index.mjs'), 'export const handler = async () => {};\n');
  }
};

/** Neither credentials nor a Region, as on a machine that knows no AWS. */
const withoutAws = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

/** Given arguments for `serverless package`, returns the CloudFormation template that would be deployed. */
export const packageTemplate = (...args: readonly string[]): Template => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-template-'));
  try {
    layOut(folder);
    execFileSync(process.execPath, [SERVERLESS, 'package', '--package', 'out', ...args], {
      cwd: folder,
      env: withoutAws(),
      stdio: 'pipe',
    });
    return JSON.parse(
      readFileSync(join(folder, 'out/cloudformation-template-update-stack.json'), 'utf8'),
    ) as Template;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
