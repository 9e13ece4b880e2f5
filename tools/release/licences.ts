import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { type BundledPackage, bundledPackages } from '../bundled-packages.ts';
import { ROOT } from '../lambda-packages.ts';

const HEADING = `The program and the functions of Tablekeeper contain parts of these packages, each under its own licence.
`;

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The texts that a package comes with; some name their licence in package.json alone. */
const textsOf = ({ folder }: BundledPackage): readonly string[] =>
  readdirSync(resolve(ROOT, folder))
    .filter((file) => LICENCE_FILE.test(file))
    .toSorted()
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8').trim());

const sectionOf = (one: BundledPackage): string =>
  [`${one.name} ${one.version} (${one.licence})`, ...textsOf(one)].join('\n\n');

/** Writes the licences of every package of which bundles contain at least a byte. */
export const licencesText = (bundles: readonly Metafile[]): string => {
  const packages = new Map(
    bundles
      .flatMap((metafile) => bundledPackages(metafile))
      .map((one) => [`${one.name}@${one.version}`, one]),
  );
  const sections = [...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => sectionOf(one));
  return `${[HEADING, ...sections].join(`\n${'-'.repeat(80)}\n\n`)}\n`;
};
