import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { steadyPolicy } from '../../cli/view/steady-text.ts';
import { amountText, usdText } from '../../shared/core/money/amount.ts';
import { totalOf } from '../../shared/core/money/bill.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';

// Whoever reads a sum in the documents gets the same from validate.

const DOC = readFileSync('docs/vaults.md', 'utf8');

const FIRST = /```yaml\n([\s\S]*?)```/.exec(DOC)?.[1] ?? '';

const TERMS = { now: Date.UTC(2026, 10, 29, 12), prices: PRICES, region: 'us-east-1' };

const pricedIn = (text: string, name: string) => {
  const policy = loadPolicies(text, 'policies.yml').policies.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return steadyPolicy(policy, TERMS).bill;
};

/** As sentences have it: without cents. */
const roughly = (text: string): string => text.replace(/\.\d\d$/, '');

describe('a sum in the document of vaults', () => {
  it.each([
    { file: 'native.yml', policies: ['standard'] },
    { file: 'native-and-vault.yml', policies: ['standard', 'offsite'] },
    { file: 'vault.yml', policies: ['vaulted'] },
  ])('is what validate says of $file', ({ file, policies }) => {
    const row = DOC.split('\n').find((line) => line.startsWith(`| [${file}]`)) ?? '';
    const text = readFileSync(`docs/policies/${file}`, 'utf8');
    for (const name of policies) expect(row).toContain(roughly(amountText(totalOf(pricedIn(text, name)))));
  });

  it('is what validate says of the first example, of which warm copies are the most', () => {
    const bill = pricedIn(FIRST, 'offsite');
    const sentence = DOC.split('\n').find((line) => line.includes('copies stay warm')) ?? '';
    expect(sentence).toContain(`${roughly(usdText(totalOf(bill).usd))} a month`);
    expect(sentence).toContain(`${roughly(usdText(bill.copies?.usd ?? 0))} of`);
  });
});
