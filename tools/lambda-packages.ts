import { join, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { clientVersion } from './client-version.ts';
import { unregisteredErrors } from './unregistered-errors.ts';

export const ROOT = resolve(import.meta.dirname, '..');

const tool = (file: string): string => join(import.meta.dirname, file);

/** What the SDK brings along and no function needs, and what replaces it. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': tool('lambda-credentials.ts'),
  '@aws-sdk/endpoint-cache': tool('no-endpoint-cache.ts'),
  '@smithy/core/event-streams': tool('no-event-streams.ts'),
};

/** What every bundle for Lambda has in common. */
export const FOR_LAMBDA = {
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  write: false,
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** How packages are bundled; entry, folder and further plug-ins are up to the caller. */
export const LAMBDA_PACKAGES = {
  ...FOR_LAMBDA,
  alias: LEFT_OUT,
  plugins: [clientVersion, unregisteredErrors],
  // The packages' own ES modules: the CommonJS ones that esbuild would take for Node cannot be split or shaken.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
} as const satisfies BuildOptions;
