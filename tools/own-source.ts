import { basename, join, posix } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { FOR_LAMBDA, ROOT } from './lambda-packages.ts';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A function's own source as few files, every package still an import. */
export interface OwnSource {
  /** What it contains, as paths from the project's folder. */
  readonly inputs: readonly string[];
  readonly files: readonly SourceFile[];
}

/**
 * Bundles this project's source of a function. Its names are kept, because stack traces and the errors that Lambda logs
 * contain them; those of packages are not, which saves 16 kB and three milliseconds of every start.
 */
export const bundleOwnSource = async (name: string): Promise<OwnSource> => {
  const { metafile, outputFiles } = await build({
    ...FOR_LAMBDA,
    entryPoints: { index: join('functions', `${name}.ts`) },
    outdir: 'own',
    packages: 'external',
    keepNames: true,
  });
  return { inputs: Object.keys(metafile.inputs), files: outputFiles };
};

/** Source of one function or of several, by the folder of each below the one that is written; '' is that folder itself. */
export type Sources = Readonly<Record<string, readonly SourceFile[]>>;

/** Lists the entries of source for esbuild: where each is written, and its name in the bundle. */
export const ownEntries = (sources: Sources): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(sources).map((folder) => [
      posix.join(folder, 'index'),
      `own:${posix.join(folder, 'index.mjs')}`,
    ]),
  );

/** Creates the plug-in that serves source from memory to the bundle that adds the packages. */
export const servedFrom = (sources: Sources): Plugin => ({
  name: 'own-source',
  setup: ({ onResolve, onLoad }) => {
    const texts = new Map(
      Object.entries(sources).flatMap(([folder, files]) =>
        files.map(({ path, text }) => [posix.join(folder, basename(path)), text]),
      ),
    );
    onResolve({ filter: /^own:/ }, ({ path }) => ({ namespace: 'own', path: path.slice('own:'.length) }));
    onResolve({ filter: /^\.\//, namespace: 'own' }, ({ path, importer }) => ({
      namespace: 'own',
      path: posix.join(posix.dirname(importer), path),
    }));
    onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => ({
      contents: texts.get(path) ?? '',
      loader: 'js',
      resolveDir: ROOT,
    }));
  },
});
