import { expect, it } from 'vitest';
import { createVault } from '../../sim/console/vaults.ts';
import { vaultsWarning } from '../../tools/vaults-warning.ts';
import { deploy } from '../support/deployment.ts';

const POLICIES = `
policies:
  offsite: { engine: aws-backup, schedule: "0 3 * * *", vault: offsite, retention: { daily: 7 } }
  other: { engine: aws-backup, schedule: "0 5 * * *", vault: other, retention: { daily: 7 } }
`;

const warned = async (vault: string, there: readonly string[], policies = POLICIES): Promise<string> => {
  const { account, asPerson, clock } = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  for (const name of there) createVault(account, { name });
  return await clock.run(vaultsWarning(asPerson, vault));
};

it.each([
  { vault: 'offsite', there: ['other'], warns: [] },
  { vault: '', there: ['offsite', 'other'], warns: [] },
  { vault: 'offsite', there: [], warns: ['other'] },
  { vault: 'third', there: [], warns: ['offsite', 'other'] },
])('a deployment that makes "$vault" beside $there warns of $warns', async ({ vault, there, warns }) => {
  const text = await warned(vault, there);
  const named = [...text.matchAll(/^WARNING: There is no backup vault (\S+) /gm)].map(([, name]) => name);
  expect(named).toEqual(warns);
});

it('a deployment without policies of vaults asks nothing', async () => {
  const text = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }';
  expect(await warned('', [], text)).toBe('');
});
