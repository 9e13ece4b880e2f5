import { readFileSync } from 'node:fs';
import type { Bundle } from './bundle.ts';
import { bundledPackages } from './bundled-packages.ts';
import { cycloneDxText } from './cyclonedx.ts';
import { dependenciesText, type Shipment } from './dependencies-table.ts';

const projectVersion = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

/** Returns what each bundle ships, by name. */
export const shipmentsOf = (bundles: readonly Bundle[]): readonly Shipment[] =>
  bundles.map(({ name, metafile }) => ({ name, packages: bundledPackages(metafile) }));

/** Returns the text of every file that lists what functions ship, by its path in docs/. */
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
