import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '../bundle.ts';
import { ROOT } from '../lambda-packages.ts';

const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');

/** Everything that a template is made of, besides what package-lock.json says of node_modules. */
export const TEMPLATE_PARTS: readonly string[] = [
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
  for (const part of TEMPLATE_PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'tools/build.ts'), '');
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(folder, 'dist', name), { recursive: true });
    writeFileSync(join(folder, 'dist', name, 'index.mjs'), 'export const handler = async () => {};\n');
  }
};

/** Neither credentials nor a Region, as on a machine that knows no AWS. */
const withoutAws = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));

/** Packages the stack alone, without its functions, for arguments of `serverless package`, and returns the text of the template. */
export const packagedTemplate = (args: readonly string[], env: NodeJS.ProcessEnv): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-template-'));
  try {
    layOut(folder);
    execFileSync(process.execPath, [SERVERLESS, 'package', '--package', 'out', ...args], {
      cwd: folder,
      env: withoutAws(env),
      stdio: 'pipe',
    });
    return readFileSync(join(folder, 'out/cloudformation-template-update-stack.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
