import { readFileSync } from 'node:fs';
import type { Bundle } from './bundle.ts';
import { bundledPackages } from './bundled-packages.ts';
import { cycloneDxText } from './cyclonedx.ts';
import { dependenciesText, type Shipment } from './dependencies-table.ts';

const projectVersion = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

/** Given the bundles as they were built, returns what each of them ships, by name. */
export const shipmentsOf = (bundles: readonly Bundle[]): readonly Shipment[] =>
  bundles.map(({ name, metafile }) => ({ name, packages: bundledPackages(metafile) }));

/** Given what each function ships, returns the text of every file that says so, each under its path in docs/. */
export const billOfMaterialsFiles = (shipments: readonly Shipment[]): ReadonlyMap<string, string> => {
  const version = projectVersion();
  return new Map([
    ...shipments.map(
      ({ name, packages }) =>
        [`bom/${name}.json`, cycloneDxText({ name: `tablekeeper-${name}`, version }, packages)] as const,
    ),
    ['dependencies.md', dependenciesText(shipments)] as const,
  ]);
};
