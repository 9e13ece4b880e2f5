import { join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Policies } from '../shared/model/policy.ts';
import { type Joined, joinPackages } from './join-packages.ts';
import { ROOT } from './lambda-packages.ts';
import { bundleOwnSource } from './own-source.ts';

/** The functions, each the name of its file in functions/ and of its folder in dist/. */
export const FUNCTION_NAMES = [
  'audit',
  'backup',
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
  readonly policies: Policies;
  /** The folder that gets one folder for each function. */
  readonly outdir: string;
  readonly plugins?: readonly Plugin[];
}

export interface Bundle extends Joined {
  readonly name: FunctionName;
  /** What we wrote ourselves, as paths from the project's folder. */
  readonly ownInputs: readonly string[];
}

/** Writes the self-contained folder `<outdir>/<name>` of a function with the compiled policies, replacing what was there. */
export const bundleFunction = async ({
  name,
  policies,
  outdir,
  plugins = [],
}: BundleRequest): Promise<Bundle> => {
  const { inputs, files } = await bundleOwnSource(name, policies);
  const joined = await joinPackages(files, join(resolve(ROOT, outdir), name), plugins);
  return { ...joined, name, ownInputs: inputs };
};
