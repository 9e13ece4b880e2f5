import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');

/** A package with at least a byte in a bundle, as its own package.json says. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier or expression. */
  readonly licence: string;
  /** Where it lies, from the project's folder. */
  readonly folder: string;
}

const folderOf = (input: string): string | undefined => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];

/** Lists the inputs of which a bundle contains at least a byte; what was read and then shaken out is not among them. */
export const shippedInputs = ({ outputs }: Metafile): readonly string[] =>
  Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => input);

/** Packages of before SPDX name a licence as an object. */
const licenceIn = (license: unknown): unknown =>
  typeof license === 'object' && license !== null && 'type' in license ? license.type : license;

const packageIn = (folder: string): BundledPackage => {
  const file = join(folder, 'package.json');
  const { name, version, license: written } = JSON.parse(readFileSync(resolve(ROOT, file), 'utf8'));
  const license = licenceIn(written);
  for (const [key, value] of Object.entries({ name, version, license }))
    if (typeof value !== 'string' || value === '') throw new Error(`${file} gives no "${key}" as text.`);
  return { name, version, licence: license as string, folder };
};

/** Sorted by code units, which are the same on every machine. */
export const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Lists the packages of which a bundle contains at least a byte, by name and version. */
export const bundledPackages = (metafile: Metafile): readonly BundledPackage[] => {
  const folders = new Set(shippedInputs(metafile).flatMap((input) => folderOf(input) ?? []));
  return [...folders]
    .map(packageIn)
    .toSorted((a, b) => byText(a.name, b.name) || byText(a.version, b.version));
};
