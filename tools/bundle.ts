import { join, resolve } from 'node:path';
import { type Joined, joinPackages } from './join-packages.ts';
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

export interface BundleRequest {
  readonly name: FunctionName;
  /** The folder that gets one folder for each function. */
  readonly outdir: string;
}

export interface Bundle extends Joined {
  readonly name: FunctionName;
  /** Where it lies, as an absolute path. */
  readonly folder: string;
  /** What we wrote ourselves, as paths from the project's folder. */
  readonly ownInputs: readonly string[];
}

/** Writes the self-contained folder `<outdir>/<name>` of a function but for its policies, replacing what was there. */
export const bundleFunction = async ({ name, outdir }: BundleRequest): Promise<Bundle> => {
  const { inputs, files } = await bundleOwnSource(name);
  const folder = join(resolve(ROOT, outdir), name);
  const joined = await joinPackages(files, folder);
  const assets = writesPages(inputs) ? await copyPageAssets(folder) : [];
  return { ...joined, files: joined.files + assets.length, name, folder, ownInputs: inputs };
};

/** Says whether a function acts by policies, which it reads beside its module. */
export const actsByPolicies = ({ ownInputs }: Pick<Bundle, 'ownInputs'>): boolean =>
  ownInputs.includes('functions/policies.ts');
