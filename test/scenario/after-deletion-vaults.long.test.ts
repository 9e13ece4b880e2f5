import { describe, expect, it } from 'vitest';
import { deleteTable } from '../../sim/console/tables.ts';
import { createVault, placeLegalHold, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, daysOf, offsite } from './vault-stories.ts';

const COPIES = 'arn:aws:backup:us-east-1:111122223333:backup-vault:copies';

const begin = async (): Promise<Deployment> => {
  const more = `    afterDeletion: { keep: 7d }\n    copyTo: [{ vault: "${COPIES}", retention: { daily: 30 } }]\n`;
  const t = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: offsite(more) });
  createVault(t.account, { name: 'tablekeeper' });
  createVault(t.account, { name: 'copies' });
  addVaultTable(t);
  addVaultTable(t, 'pr-1');
  await daysOf(t, 4);
  return t;
};

const left = ({ account }: Deployment, vault: string): number =>
  pointsOf(account, vault).filter(
    ({ source, status }) => status === 'ready' && JSON.stringify(source).includes('pr-1'),
  ).length;

describe('what is left of a deleted table in vaults', { timeout: 120_000 }, () => {
  it('ends in the vault of the policy, and its copies end by their own days', async () => {
    const t = await begin();
    deleteTable(t.account, 'pr-1');
    const before = left(t, 'copies');
    await daysOf(t, 7);
    expect(left(t, 'tablekeeper')).toBe(2);
    await daysOf(t, 5);
    expect(left(t, 'tablekeeper')).toBe(0);
    expect(left(t, 'copies')).toBeGreaterThanOrEqual(before);
    expect(before).toBeGreaterThan(0);
  });

  it('stays under a legal hold', async () => {
    const t = await begin();
    placeLegalHold(t.account);
    deleteTable(t.account, 'pr-1');
    await daysOf(t, 14);
    expect(left(t, 'tablekeeper')).toBe(2);
  });
});
