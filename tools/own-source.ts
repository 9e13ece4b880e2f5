import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Policies } from '../shared/model/policy.ts';
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

/** What a bundle of own source begins with. */
export const OWN_ENTRY = 'own:index.mjs';

/**
 * Bundles this project's source of a function with the compiled policies. Its names are kept, because stack traces and the errors that Lambda logs
 * contain them; those of packages are not, which saves 16 kB and three milliseconds of every start.
 */
export const bundleOwnSource = async (name: string, policies: Policies): Promise<OwnSource> => {
  const { metafile, outputFiles } = await build({
    ...FOR_LAMBDA,
    entryPoints: { index: join('functions', `${name}.ts`) },
    outdir: 'own',
    define: {
      TABLEKEEPER_POLICIES: JSON.stringify(policies),
      TABLEKEEPER_USES_VAULTS: String(policies.policies.some(({ vault }) => vault !== undefined)),
    },
    // Constants of the build are followed through, so that what they exclude is left out.
    minifySyntax: true,
    packages: 'external',
    keepNames: true,
  });
  return { inputs: Object.keys(metafile.inputs), files: outputFiles };
};

/** Creates the plug-in that serves source from memory to the bundle that adds the packages. */
export const servedFrom = (files: readonly SourceFile[]): Plugin => ({
  name: 'own-source',
  setup: ({ onResolve, onLoad }) => {
    const texts = new Map(files.map(({ path, text }) => [basename(path), text]));
    onResolve({ filter: /^own:/ }, ({ path }) => ({ namespace: 'own', path: path.slice('own:'.length) }));
    onResolve({ filter: /^\.\//, namespace: 'own' }, ({ path }) => ({
      namespace: 'own',
      path: basename(path),
    }));
    onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => ({
      contents: texts.get(path) ?? '',
      loader: 'js',
      resolveDir: ROOT,
    }));
  },
});
