import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { LAMBDA_PACKAGES, ROOT } from './lambda-packages.ts';
import { ownEntries, type SourceFile, type Sources, servedFrom } from './own-source.ts';
import { everRead, readAtStart } from './reached-outputs.ts';

/** Source and the packages it imports, not yet written anywhere. */
export interface Joined {
  /** Of the packages and of the files, which lie in a folder `out`. The source is in it as a few inputs that begin with `own:`. */
  readonly metafile: Metafile;
  readonly files: readonly SourceFile[];
}

/** What was joined, as it lies in a folder. */
export interface Written {
  /** Its outputs are paths from the project's folder. */
  readonly metafile: Metafile;
  readonly files: number;
  readonly bytes: number;
  /** What is read when `index.mjs` is loaded; the rest is loaded when it is needed, if ever. */
  readonly bytesAtStart: number;
}

const OUT = 'out';

/** What esbuild makes of an `import()` that nothing reaches is no part of the bundle. */
const withoutDeadFiles = ({ inputs, outputs }: Metafile): Metafile => {
  const reached = everRead(outputs);
  return {
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).filter(([file]) => reached.has(file))),
  };
};

const built = async (sources: Sources, plugins: readonly Plugin[]) => {
  const { metafile: whole, outputFiles } = await build({
    ...LAMBDA_PACKAGES,
    entryPoints: ownEntries(sources),
    outdir: OUT,
    plugins: [...LAMBDA_PACKAGES.plugins, ...plugins, servedFrom(sources)],
  });
  const metafile = withoutDeadFiles(whole);
  const files = outputFiles.filter(({ path }) => relative(ROOT, path) in metafile.outputs);
  return { metafile, files };
};

/** Bundles source, whose first file is `index.mjs`, with all its imports. */
export const joinPackages = async (
  source: readonly SourceFile[],
  plugins: readonly Plugin[] = [],
): Promise<Joined> => {
  const { metafile, files } = await built({ '': source }, plugins);
  return { metafile, files: files.map(({ path, text }) => ({ path: basename(path), text })) };
};

/** The outputs where they lie. */
const placed = ({ inputs, outputs }: Metafile, folder: string): Metafile => {
  const pathOf = (path: string): string => join(relative(ROOT, folder), basename(path));
  const isOutput = (path: string): boolean => path in outputs;
  return {
    inputs,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([file, output]) => [
        pathOf(file),
        {
          ...output,
          imports: output.imports.map((one) =>
            isOutput(one.path) ? { ...one, path: pathOf(one.path) } : one,
          ),
        },
      ]),
    ),
  };
};

const bytesOf = (outputs: Metafile['outputs'], files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);

/** Writes what was joined into a folder, replacing what was there. */
export const writeJoined = async (joined: Joined, folder: string): Promise<Written> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(joined.files.map(({ path, text }) => writeFile(join(folder, path), text)));
  const metafile = placed(joined.metafile, folder);
  const { outputs } = metafile;
  return {
    metafile,
    files: joined.files.length,
    bytes: bytesOf(outputs, Object.keys(outputs)),
    bytesAtStart: bytesOf(outputs, readAtStart(outputs)),
  };
};

/**
 * Bundles source of several functions, each with an `index.mjs`, with all their imports into a folder. Packages that several import are there once, so
 * that no function's folder below it is whole by itself.
 */
export const joinTogether = async (
  sources: Sources,
  folder: string,
  plugins: readonly Plugin[] = [],
): Promise<void> => {
  const { files } = await built(sources, plugins);
  const placedFiles = files.map(({ path, contents }) => ({
    path: join(folder, relative(join(ROOT, OUT), path)),
    contents,
  }));
  await Promise.all(placedFiles.map(({ path }) => mkdir(dirname(path), { recursive: true })));
  await Promise.all(placedFiles.map(({ path, contents }) => writeFile(path, contents)));
};
