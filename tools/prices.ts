import { readFile, writeFile } from 'node:fs/promises';
import { type OfferFile, pricesFromOffers } from './price-list.ts';
import { refuse, scriptOptions } from './script-options.ts';

const { positionals, values } = scriptOptions(
  "node tools/prices.ts [options] OFFER…: makes a list of prices of AWS's offer files of AmazonDynamoDB and AWSBackup, each a file or an address",
  {
    out: {
      type: 'string',
      default: 'shared/core/money/prices.json',
      value: 'FILE',
      says: 'where to (default: the list that comes with the program)',
    },
    date: { type: 'string', value: 'DAY', says: 'the day on which they were read (default: today)' },
  },
  true,
);

const contentOf = async (from: string): Promise<unknown> => {
  if (!URL.canParse(from)) return JSON.parse(await readFile(from, 'utf8'));
  const response = await fetch(from);
  if (!response.ok) throw new Error(`${from} answered ${response.status}`);
  return await response.json();
};

if (positionals.length === 0) refuse('name at least one offer file');
const files: OfferFile[] = [];
for (const from of positionals) files.push({ from, content: await contentOf(from) });
const prices = pricesFromOffers(files, values.date ?? new Date().toISOString().slice(0, 10));
await writeFile(values.out, `${JSON.stringify(prices, undefined, 2)}\n`);
console.log(`${values.out}: ${Object.keys(prices.regions).length} Regions`);
