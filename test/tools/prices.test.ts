import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parsePrices } from '../../shared/core/money/price-file.ts';
import { PRICES } from '../../shared/core/money/prices.ts';

// Two offer files in the form of AWS's price list, with a few of their products.

const ROOT = resolve(import.meta.dirname, '../..');
const OFFERS = ['AmazonDynamoDB', 'AWSBackup'].map((name) =>
  join('test/fixtures/price-list', `${name}.json`),
);

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tablekeeper-prices-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

const options = { cwd: ROOT, encoding: 'utf8' } as const;

describe('a list of prices out of offer files', { timeout: 30_000 }, () => {
  it('has each figure of each Region, beyond free allowances and by its day', () => {
    const out = join(folder(), 'prices.json');
    execFileSync(
      process.execPath,
      ['tools/prices.ts', '--out', out, '--date', '2026-11-29', ...OFFERS],
      options,
    );
    const prices = parsePrices(readFileSync(out, 'utf8'), out);
    expect(prices.regions['us-east-1']).toEqual(PRICES.regions['us-east-1']);
    expect(prices.regions['eu-central-1']).toMatchObject({
      ...PRICES.regions['eu-central-1'],
      vaultColdGbMonth: 0.036,
      readUnitHour: 0.000_156,
    });
    expect(prices).toMatchObject({ readAt: '2026-11-29', origin: "AWS's price list" });
    expect(prices.sources.map(({ readAt }) => readAt)).toEqual(['2026-11-15', '2026-11-10']);
  });

  it.each([
    { name: 'no file', files: [], says: 'name at least one offer file' },
    { name: 'a file of something else', files: ['package.json'], says: 'offerCode' },
  ])('refuses $name', ({ files, says }) => {
    const out = join(folder(), 'prices.json');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['tools/prices.ts', '--out', out, ...files],
      options,
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain(says);
  });
});
