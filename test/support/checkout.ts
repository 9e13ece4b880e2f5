import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** All that a deployment reads. */
const PARTS = [
  'package.json',
  'serverless.yml',
  'policies.yml',
  'iam',
  'stack',
  'functions',
  'shared',
  'tools',
  'cli',
  'sim',
];

/** A copy of the project, where commands can be run as a person would, and leave the project's own builds alone. */
export interface Checkout {
  /** Runs an npm script, and returns all it said. Rejects when it fails. */
  npm(script: string, ...args: readonly string[]): Promise<string>;
  readonly folder: string;
  remove(): void;
}

const variables = (environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  ...environment,
});

/** Copies the project, with variables such as those of an account, and returns the copy. */
export const checkOut = (environment: Readonly<Record<string, string>>): Checkout => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-checkout-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    npm: async (script, ...args) => {
      const { promise, resolve: done, reject } = Promise.withResolvers<string>();
      const options = { cwd: folder, env: variables(environment), encoding: 'utf8' as const };
      execFile('npm', ['run', script, '--', ...args], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`npm run ${script}: ${stdout}${stderr}`, { cause: error }));
        else done(`${stdout}${stderr}`);
      });
      return await promise;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};
