import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, isoInstant } from '../../shared/model/instant.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { kindsOf } from './vault-stories.ts';

// Fourteen months of a table with nights in DynamoDB and firsts of the month in a vault, copied to two Regions: the runs of each month's first days.

const POLICIES = `
timezone: UTC
policies:
  offsite:
    engine: aws-backup
    schedule: "0 4 1 * *"
    vault: tablekeeper
    retention: { monthly: 3, yearly: 2 }
    copyTo:
      - "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr"
      - { vault: "arn:aws:backup:eu-central-1:111122223333:backup-vault:far", retention: { yearly: 2 } }
`;

const MONTHS = 14;

const months = ({ account }: Deployment, vault: string): readonly string[] =>
  pointsOf(account, vault)
    .filter(({ status }) => status === 'ready')
    .map(({ createdAt }) => isoInstant(createdAt).slice(0, 7))
    .toSorted();

describe('a year of monthly and yearly recovery points', { timeout: 60_000 }, () => {
  let tablekeeper: Deployment;
  let ireland: Deployment;
  let frankfurt: Deployment;
  let found: readonly string[] = [];

  beforeAll(async () => {
    tablekeeper = await deploy({ startAt: '2026-01-01T00:00:00Z', policies: POLICIES });
    const { account, clock, run } = tablekeeper;
    createVault(account, { name: 'tablekeeper' });
    const opened = (region: string, name: string): Deployment => {
      const there = openRegion(account, region);
      createVault(there, { name });
      return { ...tablekeeper, account: there };
    };
    ireland = opened('eu-west-1', 'dr');
    frankfurt = opened('eu-central-1', 'far');
    const createdAt = clock.now() - 400 * DAY_MS;
    createTable(account, { name: 'orders', tags: { 'backup:policy': 'offsite' }, pitr: true, createdAt });
    for (let month = 0; month < MONTHS; month += 1) {
      await clock.advanceTo(Date.UTC(2026, month, 1, 5));
      for (const mode of ['protect', 'protect', 'expire', 'audit'] as const) {
        found = [...found, ...kindsOf((await run(mode)).openFindings)];
        await clock.advanceBy(2 * HOUR_MS);
      }
    }
  }, 60_000);

  it('has one job for each month, whichever rules take it, and nothing to report', () => {
    expect(found).toEqual([]);
    expect(tablekeeper.account.calls.of('StartBackupJob')).toBe(MONTHS);
  });

  it('keeps the newest months and the last of each year at home', () => {
    expect(months(tablekeeper, 'tablekeeper')).toEqual(['2026-12', '2027-01', '2027-02']);
  });

  it('has every month in one Region for as long as a rule takes it, and the first of each year in the other', () => {
    expect(months(ireland, 'dr')).toEqual(['2026-01', '2026-11', '2026-12', '2027-01', '2027-02']);
    expect(months(frankfurt, 'far')).toEqual(['2026-01', '2027-01']);
    expect(tablekeeper.account.calls.of('StartCopyJob')).toBe(MONTHS + 2);
  });

  it('says where every copy is, and until when', async () => {
    const { plan } = await tablekeeper.run('audit');
    expect(plan.verdicts).toMatchObject([{ status: 'protected' }]);
    const copies = plan.retention.flatMap(({ reasons }) => reasons).filter((why) => why.startsWith('a copy'));
    expect(copies).toHaveLength(7);
    expect(copies.filter((why) => why.includes('eu-central-1'))).toEqual([
      expect.stringMatching(/AWS Backup deletes it on 2029-/),
      expect.stringMatching(/AWS Backup deletes it on 2028-/),
    ]);
  });

  it('costs a handful of calls a run, however long it lasts', async () => {
    const before = tablekeeper.account.calls.total();
    await tablekeeper.run('expire');
    expect(tablekeeper.account.calls.total() - before).toBeLessThan(25);
  });
});
