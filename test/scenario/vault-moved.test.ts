import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { deleteTable } from '../../sim/console/tables.ts';
import { createVault, destroyVault, setVaultPolicy } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, DR, daysOf, kindsOf, NO_LISTING, offsite } from './vault-stories.ts';

// Recovery points stay where they are when the policy of their name is given another vault, or another engine.

const NATIVE = 'policies: { offsite: { schedule: "0 3 * * *", retention: { daily: 2 } } }';

const begin = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: offsite() });
  for (const name of ['tablekeeper', 'archive']) createVault(tablekeeper.account, { name });
  addVaultTable(tablekeeper);
  await daysOf(tablekeeper, 2);
  return tablekeeper;
};

describe.each([
  { name: 'another engine', policies: NATIVE },
  { name: 'another vault', policies: offsite().replace('vault: tablekeeper', 'vault: archive') },
])('a policy that is given $name', { timeout: 60_000 }, ({ policies }) => {
  it('misses nothing and owes nothing while what it had cannot be read', async () => {
    const { account, clock, run } = await begin();
    setVaultPolicy(account, 'tablekeeper', NO_LISTING);
    await clock.advanceBy(HOUR_MS);
    const { openFindings, plan } = await run('audit', { policies });
    expect(kindsOf(openFindings)).toEqual(['observation-gap']);
    expect(plan.verdicts[0]?.status).toBe('unknown');
  });

  it('counts what it had', async () => {
    const { clock, run } = await begin();
    await clock.advanceBy(HOUR_MS);
    const { outcomes } = await run('protect', { policies });
    expect(outcomes).toEqual([]);
    const { openFindings } = await run('audit', { policies });
    expect(kindsOf(openFindings)).toEqual([]);
  });
});

describe('recovery points of a deleted table', { timeout: 60_000 }, () => {
  it('stay reported while their vault cannot be read, though no policy names one any more', async () => {
    const { account, clock, run } = await begin();
    deleteTable(account, 'orders');
    await clock.advanceBy(5 * HOUR_MS);
    expect(kindsOf((await run('audit', { policies: NATIVE })).openFindings)).toContain(
      'recovery-points-of-lost-table',
    );
    setVaultPolicy(account, 'tablekeeper', NO_LISTING);
    await clock.advanceBy(6 * HOUR_MS);
    expect(kindsOf((await run('audit', { policies: NATIVE })).openFindings)).toContain(
      'recovery-points-of-lost-table',
    );
  });

  it('say when AWS Backup deletes the last of them by itself, wherever they are', async () => {
    const policies = offsite(`    deleteAfterDays: 8\n    copyTo: ["${DR}"]`);
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
    const { account, clock, run } = tablekeeper;
    createVault(account, { name: 'tablekeeper' });
    createVault(openRegion(account, 'eu-west-1'), { name: 'dr' });
    addVaultTable(tablekeeper);
    await daysOf(tablekeeper, 2);
    deleteTable(account, 'orders');
    await clock.advanceBy(5 * HOUR_MS);
    const { openFindings } = await run('audit');
    const says = (kind: string) => openFindings.find((one) => one.kind === kind)?.fact ?? '';
    const words = /AWS Backup deletes the last of them by itself on 2026-03-\d\d/g;
    expect(says('recovery-points-of-lost-table').match(words)).toHaveLength(1);
    expect(says('table-deleted').match(words)).toHaveLength(2);
  });

  it.each([
    { name: 'the event that names it', look: 'hint' as const },
    { name: 'an audit that cannot read the vault', look: 'audit' as const },
  ])('are known to $name, and nobody is told that nothing is left', async ({ look }) => {
    const { account, clock, hint, run } = await begin();
    setVaultPolicy(account, 'tablekeeper', NO_LISTING);
    deleteTable(account, 'orders');
    await clock.advanceBy(HOUR_MS);
    const report = look === 'hint' ? await hint('orders') : await run('audit');
    const openFindings = 'openFindings' in report ? report.openFindings : [];
    const [deleted] = openFindings.filter(({ kind }) => kind === 'table-deleted');
    expect(deleted?.fact).toContain('3 recovery points are kept, the newest: tablekeeper.prod.offsite.');
    expect(deleted?.severity).toBe('warning');
  });
});

describe('copies', { timeout: 60_000 }, () => {
  it('are what is left of a deleted table when its vault at home is gone', async () => {
    const policies = offsite(`    copyTo: [{ vault: "${DR}", retention: { last: 5 } }]`);
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
    const { account, clock, run } = tablekeeper;
    createVault(account, { name: 'tablekeeper' });
    createVault(openRegion(account, 'eu-west-1'), { name: 'dr' });
    addVaultTable(tablekeeper);
    await daysOf(tablekeeper, 2);
    deleteTable(account, 'orders');
    await clock.advanceBy(5 * HOUR_MS);
    await run('audit');
    destroyVault(account, 'tablekeeper');
    createVault(account, { name: 'tablekeeper' });
    await clock.advanceBy(6 * HOUR_MS);
    const { openFindings } = await run('audit');
    const [deleted] = openFindings.filter(({ kind }) => kind === 'table-deleted');
    expect(deleted?.fact).toContain('copies of them are in other vaults');
    expect(deleted?.fact).not.toContain('Nothing is left');
  });
});
