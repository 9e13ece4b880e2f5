import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { billOfMaterialsFiles, shipmentsOf } from '../../tools/bill-of-materials-files.ts';
import { FUNCTION_NAMES } from '../../tools/bundle.ts';
import type { Shipment } from '../../tools/dependencies-table.ts';
import { builtOnce } from '../support/built-once.ts';

/** A licence that is new here is a person's choice. */
const ALLOWED_LICENCES = ['Apache-2.0', 'ISC', 'MIT', 'MIT-0'];
const DOCS = new URL('../../docs/', import.meta.url);

let shipments: readonly Shipment[];
let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  shipments = shipmentsOf(await builtOnce());
  files = billOfMaterialsFiles(shipments);
}, 60_000);

const committed = (path: string): string => readFileSync(new URL(path, DOCS), 'utf8');

const componentsOf = (path: string): readonly Readonly<Record<string, unknown>>[] =>
  JSON.parse(committed(path)).components;

describe('the bills of materials', () => {
  it('are one for each function, and no other', () => {
    expect(readdirSync(new URL('bom/', DOCS)).toSorted()).toEqual(
      FUNCTION_NAMES.map((name) => `${name}.json`),
    );
  });

  it.each([...FUNCTION_NAMES.map((name) => `bom/${name}.json`), 'dependencies.md'])(
    'docs/%s is what the build gives; else `npm run bom` writes it anew',
    (path) => {
      expect(committed(path)).toBe(files.get(path));
    },
  );

  it.each(FUNCTION_NAMES)('%s ships only packages of allowed licences', (name) => {
    const packages = shipments.find((one) => one.name === name)?.packages ?? [];
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.filter(({ licence }) => !ALLOWED_LICENCES.includes(licence))).toEqual([]);
  });

  it.each(FUNCTION_NAMES)('name each package of %s once, in order, with its package URL', (name) => {
    const urls = componentsOf(`bom/${name}.json`).map(({ purl }) => String(purl));
    expect(urls).toEqual([...new Set(urls)].toSorted());
    expect(
      urls.filter((url) => !/^pkg:npm\/(?:%40[a-z0-9-]+\/)?[a-z0-9.-]+@\d+\.\d+\.\d+$/.test(url)),
    ).toEqual([]);
  });

  it('hold neither a time nor a serial number, so that the same build gives the same files', () => {
    for (const name of FUNCTION_NAMES)
      expect(committed(`bom/${name}.json`)).not.toMatch(/timestamp|serialNumber/);
  });

  it('name what only one function needs for that function alone', () => {
    expect(files.get('dependencies.md')).toMatch(
      /^\| @aws-sdk\/client-ssm \| [\d.]+ \| Apache-2\.0 \| audit, pagerduty, slack, teams, webhook \|$/m,
    );
  });
});
