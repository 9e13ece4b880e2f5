import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { LAMBDA_PACKAGES, ROOT } from './lambda-packages.ts';
import { ownEntries, type SourceFile, type Sources, servedFrom } from './own-source.ts';
import { everRead, readAtStart } from './reached-outputs.ts';

/** Source and the packages it imports, as they were written into a folder. */
export interface Joined {
  /** Of the packages and of the files that were written. The source is in it as a few inputs that begin with `own:`. */
  readonly metafile: Metafile;
  readonly files: number;
  readonly bytes: number;
  /** What is read when `index.mjs` is loaded; the rest is loaded when it is needed, if ever. */
  readonly bytesAtStart: number;
}

/** What esbuild makes of an `import()` that nothing reaches is no part of the bundle. */
const withoutDeadFiles = ({ inputs, outputs }: Metafile): Metafile => {
  const reached = everRead(outputs);
  return {
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).filter(([file]) => reached.has(file))),
  };
};

const writeFiles = async (folder: string, files: readonly OutputFile[]): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  const folders = new Set([folder, ...files.map(({ path }) => dirname(path))]);
  await Promise.all([...folders].map((one) => mkdir(one, { recursive: true })));
  await Promise.all(files.map(({ path, contents }) => writeFile(path, contents)));
};

const bytesOf = (outputs: Metafile['outputs'], files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);

/**
 * Bundles source of several functions, each with an `index.mjs`, with all their imports into a folder, replacing what was there. Packages that
 * several import are there once, so no function's folder below it is whole by itself.
 */
export const joinTogether = async (
  sources: Sources,
  folder: string,
  plugins: readonly Plugin[] = [],
): Promise<Joined> => {
  const { metafile: whole, outputFiles } = await build({
    ...LAMBDA_PACKAGES,
    entryPoints: ownEntries(sources),
    outdir: folder,
    plugins: [...LAMBDA_PACKAGES.plugins, ...plugins, servedFrom(sources)],
  });
  const metafile = withoutDeadFiles(whole);
  const { outputs } = metafile;
  await writeFiles(
    folder,
    outputFiles.filter(({ path }) => relative(ROOT, path) in outputs),
  );
  return {
    metafile,
    files: Object.keys(outputs).length,
    bytes: bytesOf(outputs, Object.keys(outputs)),
    bytesAtStart: bytesOf(outputs, readAtStart(outputs)),
  };
};

/** Bundles source, whose first file is `index.mjs`, with all its imports into a folder, replacing what was there. */
export const joinPackages = (
  source: readonly SourceFile[],
  folder: string,
  plugins: readonly Plugin[] = [],
): Promise<Joined> => joinTogether({ '': source }, folder, plugins);
