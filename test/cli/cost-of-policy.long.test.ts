import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { typedIn } from './typed.ts';

// A table of 100 GB under two policies, and another under one of them, after three months.

const POLICIES = `
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { last: 3 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
  offsite:
    engine: aws-backup
    schedule: "0 4 1 * *"
    vault: tablekeeper
    retention: { monthly: 6 }
    coldAfterDays: 30
    copyTo: [{ vault: "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr", retention: { monthly: 6 } }]
`;

let world: Deployment;

beforeAll(async () => {
  world = await deploy({ startAt: '2026-01-01T00:00:00Z', rates: 'off', policies: POLICIES });
  const { account, clock, run } = world;
  createVault(account, { name: 'tablekeeper' });
  createVault(openRegion(account, 'eu-west-1'), { name: 'dr' });
  const big = { name: 'big', pitr: true, sizeBytes: 100e9, itemCount: 100 };
  createTable(account, { ...big, tags: { 'backup:policy': 'standard+offsite' } });
  createTable(account, { ...big, name: 'small', sizeBytes: 10e9, tags: { 'backup:policy': 'standard' } });
  for (let day = 0; day < 95; day += 1) {
    const isNearMonth = new Date(clock.now()).getUTCDate() <= 2;
    for (let part = 0; part < 4; part += 1) {
      await clock.advanceBy(DAY_MS / 4);
      if (isNearMonth || day > 90) await run('protect');
    }
    if (day > 90) await run('expire');
  }
  await run('audit');
}, 120_000);

const costs = async (...argv: readonly string[]) =>
  JSON.parse((await typedIn(world, ['cost', '--json', ...argv], { policies: POLICIES })).stdout);

describe('what one policy costs', { timeout: 60_000 }, () => {
  it('is what it keeps, and together with the other and point-in-time recovery what all costs', async () => {
    const all = await costs();
    const offsite = await costs('--policy', 'offsite');
    const standard = await costs('--policy', 'standard');
    for (const what of ['recoveryPoints', 'copies', 'bytes'])
      expect(offsite[what] + standard[what], what).toBe(all[what]);
    const { pitr } = all.now.lines;
    expect(offsite.now.usd + standard.now.usd + pitr.usd).toBeCloseTo(all.now.usd, 6);
    expect(offsite.onceFull.usd + standard.onceFull.usd + pitr.usd).toBeCloseTo(all.onceFull.usd, 6);
    for (const at of [1, 2, 3])
      expect(offsite.months[at].bill.usd + standard.months[at].bill.usd).toBeCloseTo(
        all.months[at].bill.usd - all.months[at].bill.lines.pitr.usd,
        6,
      );
    expect(offsite.tables.map(({ table }: { readonly table: string }) => table)).toEqual(['big']);
    expect(offsite.now.lines.backups).toBeUndefined();
    expect(standard.pointInTimeRecoveryApart.usd).toBeCloseTo(110 * 0.2, 6);
    expect(offsite.pointInTimeRecoveryApart).toBeUndefined();
    expect(standard.itsTablesInAll.usd).toBeCloseTo(all.now.usd, 6);
  });

  it('is said as its own, with what its tables cost in all', async () => {
    const argv = ['cost', '--policy', 'offsite'];
    const { stdout } = await typedIn(world, argv, { policies: POLICIES });
    expect(stdout).toMatch(/a month for what offsite keeps now: 4 recovery points, /);
    expect(stdout).toContain('Once its rules are full');
    expect(stdout).toMatch(/In all, under every policy .* its table costs \$\d/);
    expect(stdout).toContain('Point-in-time recovery is not in these sums.');
  });
});

describe('one table, kind by kind', () => {
  it('counts under each kind what is stored under it', async () => {
    const { tables } = await costs('--table', 'big');
    const [offsite] = tables[0].policies;
    const { kinds } = offsite;
    expect(kinds.map(({ kind }: { readonly kind: string }) => kind)).toEqual([
      'vault',
      'vault-cold',
      'copies',
    ]);
    expect(kinds[0]).toMatchObject({ recoveryPoints: 1, copies: 0, bytes: 100e9 });
    expect(kinds[1]).toMatchObject({ recoveryPoints: 3, copies: 0, bytes: 300e9 });
    expect(kinds[2]).toMatchObject({ recoveryPoints: 0, copies: 4, bytes: 400e9 });
    const { stdout } = await typedIn(world, ['cost', '--table', 'big'], { policies: POLICIES });
    expect(stdout).toMatch(/offsite {3}vault {7}1 {7}0 {7}100 GB/);
    expect(stdout).toMatch(/- {9}pitr {8}- {7}- {7}100 GB/);
  });
});
