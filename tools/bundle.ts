import { join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { type Joined, joinPackages, type Written, writeJoined } from './join-packages.ts';
import { type Keepable, keptOrMade, readSources } from './kept-bundles.ts';
import { ROOT } from './lambda-packages.ts';
import { bundleOwnSource } from './own-source.ts';
import { copyPageAssets, writesPages } from './page-assets.ts';

/** The functions, each the name of its file in functions/ and of its folder in dist/. */
export const FUNCTION_NAMES = [
  'audit',
  'backup',
  'drill',
  'hint',
  'pagerduty',
  'prune',
  'slack',
  'teams',
  'webhook',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export interface Bundle extends Written {
  readonly name: FunctionName;
  /** Where it lies, as an absolute path. */
  readonly folder: string;
  /** What we wrote ourselves, as paths from the project's folder. */
  readonly ownInputs: readonly string[];
}

/** A function and its packages, not yet written anywhere. */
interface Made extends Joined, Keepable {
  readonly ownInputs: readonly string[];
}

/** What to bundle, and where to. */
export interface BundleRequest {
  readonly names: readonly FunctionName[];
  /** The folder that gets one folder for each function. */
  readonly outdir: string;
  /** What else takes part, such as in the demonstration: of this project, each under a name of its own. */
  readonly plugins?: readonly Plugin[];
}

/** Makes the bundle of a function. */
export const makeBundle = async (name: FunctionName, plugins: readonly Plugin[] = []): Promise<Made> => {
  const { inputs, files } = await bundleOwnSource(name);
  const joined = await joinPackages(files, plugins);
  const read = Object.keys(joined.metafile.inputs).filter((input) => !input.startsWith('own:'));
  return { ...joined, read, ownInputs: inputs };
};

const writeBundle = async (name: FunctionName, made: Made, outdir: string): Promise<Bundle> => {
  const { ownInputs } = made;
  const folder = join(resolve(ROOT, outdir), name);
  const written = await writeJoined(made, folder);
  const assets = writesPages(ownInputs) ? await copyPageAssets(folder) : [];
  return { ...written, files: written.files + assets.length, name, folder, ownInputs };
};

/**
 * Writes the self-contained folder `<outdir>/<name>` of each function but for its policies, replacing what was there. What was made of the same
 * sources before is not made again.
 */
export const bundleFunctions = async (request: BundleRequest): Promise<readonly Bundle[]> => {
  const { names, outdir, plugins = [] } = request;
  const sources = readSources(ROOT);
  const entryOf = (name: FunctionName): string => [name, ...plugins.map((plugin) => plugin.name)].join('+');
  const madeOf = (name: FunctionName): Promise<Made> =>
    keptOrMade(sources, entryOf(name), () => makeBundle(name, plugins));
  return await Promise.all(names.map(async (name) => writeBundle(name, await madeOf(name), outdir)));
};

/** Says whether a function acts by policies, which it reads beside its module. */
export const actsByPolicies = ({ ownInputs }: Pick<Bundle, 'ownInputs'>): boolean =>
  ownInputs.includes('functions/policies.ts');
