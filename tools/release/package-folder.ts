import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { ROOT } from '../lambda-packages.ts';
import { copyPageAssets } from '../page-assets.ts';
import { BIN_TEXT, bundleCli, OLDEST_NODE } from './cli-bundle.ts';
import { licencesText } from './licences.ts';
import { buildParts } from './parts.ts';

/** What comes along as it is. `tablekeeper finding`, `init` and `invoke` read some of it. */
const COPIED = [
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'cli/init/starter-policies.yml',
  'docs',
  'events',
  'policies.schema.json',
  'policies.yml',
];

/** Lists of what is in the functions, by machine for machines: the licences are in a file of their own. */
const LEFT_OUT = join(ROOT, 'docs', 'bom');

const BIN = 'cli/tablekeeper.mjs';

/** What the package may be published as, once somebody decides to. */
export type Access = 'private' | 'public';

/** Writes the package.json, which names no other package and no script. */
export const manifestOf = async (access: Access): Promise<object> => {
  const { name, version, description, license } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, string>>;
  return {
    ...{ name, version, description, license },
    // npm publishes no package that says so.
    ...(access === 'private' && { private: true }),
    type: 'module',
    engines: { node: `>=${OLDEST_NODE}` },
    bin: { tablekeeper: BIN },
  };
};

/** Fills an empty folder with the package: the program and the functions built, the template, and what they read. It depends on no other package. */
export const fillPackageFolder = async (
  folder: string,
  template: StackTemplate,
  access: Access,
): Promise<void> => {
  await mkdir(join(folder, 'cli'), { recursive: true });
  const metafile = await bundleCli(join(folder, 'cli'));
  await copyPageAssets(join(folder, 'cli'));
  const bundles = await buildParts(join(folder, 'parts'), template);
  for (const path of COPIED)
    await cp(join(ROOT, path), join(folder, path), {
      recursive: true,
      filter: (source) => source !== LEFT_OUT,
    });
  const licences = licencesText([metafile, ...bundles.map((bundle) => bundle.metafile)]);
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), licences);
  await writeFile(join(folder, BIN), BIN_TEXT, { mode: 0o755 });
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify(await manifestOf(access), undefined, 2)}\n`,
  );
};

/** What npm says of a package that it packed. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly entryCount: number;
}

/** Packs the folder of a package into a file of another folder. Nothing is published. */
export const packFolder = (folder: string, destination: string): Packed => {
  const options = { cwd: folder, encoding: 'utf8' as const };
  const said = execFileSync('npm', ['pack', folder, '--pack-destination', destination, '--json'], options);
  const [packed] = JSON.parse(said) as [Packed];
  return packed;
};
