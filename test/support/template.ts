import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { digestOfFiles, digestOfText, filesIn } from '../../tools/file-digest.ts';
import { packagedTemplate, TEMPLATE_PARTS } from '../../tools/release/packaged-template.ts';

const ROOT = resolve(import.meta.dirname, '../..');
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

/** Half of its time Serverless compiles itself, the same each time. */
const packaged = (args: readonly string[]): string =>
  packagedTemplate(args, { ...process.env, NODE_COMPILE_CACHE: join(CACHE, 'compiled') });

const FILES = [...TEMPLATE_PARTS, 'package-lock.json'].flatMap((part) => [part, `${part}/**/*`]);

/** Of everything that is packaged, and of this file. */
const digestOf = (args: readonly string[]): string => {
  const files = [...filesIn(ROOT, FILES), relative(ROOT, import.meta.filename)];
  return digestOfText(`${JSON.stringify(args)} ${digestOfFiles(ROOT, files)}`).slice(0, 16);
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
