import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parsePrices } from '../../shared/core/money/price-file.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { typed } from './typed.ts';

// Two offer files in the form of AWS's price list, with a few of their products.

const ROOT = resolve(import.meta.dirname, '../..');
const OFFERS = ['AmazonDynamoDB', 'AWSBackup'].map((name) =>
  join(ROOT, 'test/fixtures/price-list', `${name}.json`),
);

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tablekeeper-prices-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

/** The program takes the day from its clock. */
const AT = {
  seat: {
    clock: {
      now: () => Date.parse('2026-11-29T12:00:00Z'),
      sleep: () => Promise.resolve(),
      after: () => () => undefined,
    },
  },
};

describe('tablekeeper prices', () => {
  it('makes a list with each figure of each Region, beyond free allowances and by its day', async () => {
    const out = join(folder(), 'prices.json');
    expect((await typed(['prices', '--out', out, ...OFFERS], AT)).exitCode).toBe(0);
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

  it('reads an address as well', async () => {
    const server = createServer((_, response) => void response.end(readFileSync(OFFERS[0] ?? '')));
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const out = join(folder(), 'prices.json');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.json`;
    expect(await typed(['prices', '--out', out, address], AT)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(parsePrices(readFileSync(out, 'utf8'), out).sources[0]?.from).toBe(address);
  });

  it.each([
    { name: 'no file', files: [], says: 'Give files or addresses: https://pricing.' },
    { name: 'a file of something else', files: ['package.json'], says: 'not offer files of AWS' },
    { name: 'a file that is not there', files: ['nothing.json'], says: 'cannot be read' },
  ])('refuses $name', async ({ files, says }) => {
    const { exitCode, stderr } = await typed(['prices', '--out', join(folder(), 'prices.json'), ...files]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});
