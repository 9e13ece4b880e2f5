import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkPairs } from '../../../shared/core/deployment/parameter-pairs.ts';

const check = (given: Readonly<Record<string, string>>) => () => checkPairs((name) => given[name] ?? '');

describe('a parameter that does nothing without another', () => {
  it.each([
    {},
    { drills: 'on' },
    { drills: 'on', drillBucket: 'on' },
    { vault: 'ours' },
    { vault: 'ours', vaultAccounts: '999922223333' },
  ])('is taken with it: %j', (given) => {
    expect(check(given)).not.toThrow();
  });

  it.each([
    {
      given: { drillBucket: 'on' },
      says: 'Give --param="drills=on" as well, or --param="drillBucket=none".',
    },
    {
      given: { vaultAccounts: '999922223333', vaultRoleArn: 'arn:aws:iam::111122223333:role/backup' },
      says: 'Give --param="vault=NAME" as well, or --param="vaultAccounts=none".',
    },
  ])('is refused alone, with what to give: $given', ({ given, says }) => {
    expect(check(given)).toThrow(says);
  });

  it('is looked for wherever the template has a condition of two parameters', () => {
    const { Conditions } = parse(
      readFileSync(new URL('../../../stack/parameters.yml', import.meta.url), 'utf8'),
    ) as { readonly Conditions: Readonly<Record<string, object>> };
    const joined = Object.entries(Conditions).filter(([, rule]) => 'Fn::And' in rule);
    // HasDrillVaults asks whether there are both drills and vaults; each does something alone. HasVaultLockForGood is checked with the lock.
    expect(joined.map(([name]) => name)).toEqual(expect.arrayContaining(['HasDrillBucket']));
    expect(joined.map(([name]) => name).filter((name) => name !== 'HasVaultLockForGood')).toEqual([
      'HasDrillBucket',
      'HasDrillVaults',
    ]);
  });
});
