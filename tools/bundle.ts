import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { Policies } from '../shared/model/policy.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** The functions, each the name of its file in functions/ and of its folder in dist/. */
export const FUNCTION_NAMES = ['audit', 'backup', 'hint', 'prune', 'slack'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export interface BundleRequest {
  readonly name: FunctionName;
  readonly policies: Policies;
  /** The folder that gets one folder for each function. */
  readonly outdir: string;
}

export interface Bundle {
  readonly name: FunctionName;
  readonly metafile: Metafile;
  readonly files: number;
  readonly bytes: number;
  /** What is read when the function starts; the rest is loaded when it is needed, if ever. */
  readonly bytesAtStart: number;
}

const options = ({ name, policies, outdir }: BundleRequest): BuildOptions & { readonly metafile: true } => ({
  absWorkingDir: ROOT,
  entryPoints: { index: `functions/${name}.ts` },
  outdir: join(outdir, name),
  define: { TABLEKEEPER_POLICIES: JSON.stringify(policies) },
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts') },
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // The packages' own ES modules: the CommonJS ones that esbuild would take for Node cannot be split or shaken.
  mainFields: ['module', 'main'],
  minify: true,
  // Error names are told in alarms and logs.
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const startFiles = (outputs: Metafile['outputs'], file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of outputs[file]?.imports ?? [])
    if (kind === 'import-statement' && path in outputs) startFiles(outputs, path, seen);
  return seen;
};

const bytesOf = (outputs: Metafile['outputs'], files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);

/** Given a function and the compiled policies, writes its self-contained folder `<outdir>/<name>`, replacing what was there. */
export const bundleFunction = async (request: BundleRequest): Promise<Bundle> => {
  await rm(join(resolve(ROOT, request.outdir), request.name), { recursive: true, force: true });
  const { metafile } = await build(options(request));
  const files = Object.keys(metafile.outputs);
  const entry = files.filter((file) => file.endsWith('/index.mjs'));
  return {
    name: request.name,
    metafile,
    files: files.length,
    bytes: bytesOf(metafile.outputs, files),
    bytesAtStart: bytesOf(
      metafile.outputs,
      entry.flatMap((file) => [...startFiles(metafile.outputs, file)]),
    ),
  };
};
