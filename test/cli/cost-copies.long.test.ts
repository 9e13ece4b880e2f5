import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { openAccount } from '../../sim/console/accounts.ts';
import { setCrossAccountBackup } from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { joinOrganization } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { typedIn } from './typed.ts';

// Copies that no list of this account shows, or that no policy names any more, are paid for all the same.

const HERE = '111122223333';
const FAR = '999922223333';

const policiesTo = (vault: string | undefined): string => `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 2 }
${vault === undefined ? '' : `    copyTo: [{ vault: "${vault}", retention: { daily: 30 } }]\n`}`;

const arnOf = (region: string, account: string) => `arn:aws:backup:${region}:${account}:backup-vault:dr`;

const begin = async (policies: string): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', policies });
  createVault(world.account, { name: 'tablekeeper' });
  createTable(world.account, {
    ...{ name: 'orders', tags: { 'backup:policy': 'offsite' }, sizeBytes: 1e9 },
    createdAt: world.clock.now() - DAY_MS,
  });
  return world;
};

const liveDays = async (world: Deployment, days: number, policies: string): Promise<void> => {
  for (let quarter = 0; quarter < 4 * days; quarter += 1) {
    for (const mode of ['protect', 'expire', 'audit'] as const) await world.run(mode, { policies });
    await world.clock.advanceBy(DAY_MS / 4);
  }
};

const costOf = async (world: Deployment, policies: string) => {
  const { stdout } = await typedIn(world, ['cost', '--json', '--table', 'orders'], { policies });
  return JSON.parse(stdout);
};

describe('what copies cost', { timeout: 60_000 }, () => {
  it('in another account as much as their source, and unknown where that is gone', async () => {
    const policies = policiesTo(arnOf('us-east-1', FAR));
    const world = await begin(policies);
    const theirs = openAccount(world.account, FAR, { region: 'us-east-1', defaultKeyTakesCopies: true });
    for (const each of [world.account, theirs]) joinOrganization(each);
    setCrossAccountBackup(world.account, true);
    const Statement = [
      {
        ...{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HERE}:root` } },
        ...{ Action: 'backup:CopyIntoBackupVault', Resource: '*' },
      },
    ];
    createVault(theirs, { name: 'dr', policy: { Statement } });
    await liveDays(world, 2, policies);
    const { now, tables } = await costOf(world, policies);
    expect(tables[0].policies[0]).toMatchObject({ recoveryPoints: 2, copies: 2, bytes: 4e9 });
    expect(now.lines.copies.usd).toBeCloseTo(0.2, 9);
    await liveDays(world, 3, policies);
    const movedAway = await costOf(world, policiesTo(undefined));
    const later = await costOf(world, policies);
    expect(movedAway.copies).toBe(later.copies);
    expect(later.copies).toBeGreaterThan(3);
    expect(later.now.lines.copies.lacks).toEqual(['the size of copies in us-east-1 that were not listed']);
    const { stdout } = await typedIn(world, ['cost'], { policies });
    expect(stdout).toMatch(/at least \$\d.* a month for what is there now/);
    expect(stdout).toContain(
      'Not known, and in no sum: the size of copies in us-east-1 that were not listed',
    );
    const explained = JSON.parse(
      (await typedIn(world, ['explain', 'orders', '--json'], { policies })).stdout,
    );
    const elsewhere = explained.recoveryPoints.filter(
      ({ accountId }: { accountId?: string }) => accountId === FAR,
    );
    expect(elsewhere.filter(({ sizeBytes }: { sizeBytes?: number }) => sizeBytes === 1e9)).not.toEqual([]);
    expect(elsewhere.filter(({ sizeBytes }: { sizeBytes?: number }) => sizeBytes === undefined)).not.toEqual(
      [],
    );
    expect(elsewhere.filter(({ sizeBytes }: { sizeBytes?: number }) => sizeBytes === 0)).toEqual([]);
  });

  const ELSEWHERE = [
    { name: 'another Region', region: 'eu-west-1' },
    { name: 'another vault', region: 'us-east-1' },
  ];
  const DYNAMODB = `
policies:
  offsite:
    schedule: "0 3 * * *"
    retention: { daily: 2 }
`;
  const LATER = [
    { change: 'the policy copies nowhere', after: policiesTo(undefined) },
    { change: 'the policy copies to another vault', after: policiesTo(arnOf('sa-east-1', HERE)) },
    { change: 'the policy has no vault', after: DYNAMODB },
    { change: 'the policy has another name', after: DYNAMODB.replace('offsite', 'onsite') },
  ];
  it.each(ELSEWHERE.flatMap((where) => LATER.map((later) => ({ ...where, ...later }))))(
    'in $name when $change',
    async ({ region, after }) => {
      const before = policiesTo(arnOf(region, HERE));
      const world = await begin(before);
      const there = region === 'us-east-1' ? world.account : openRegion(world.account, region);
      for (const each of [there, openRegion(world.account, 'sa-east-1')]) createVault(each, { name: 'dr' });
      await liveDays(world, 2, before);
      const { now, tables } = await costOf(world, after);
      expect(tables[0].policies[0]).toMatchObject({ recoveryPoints: 2, copies: 2 });
      expect(now.lines.copies.usd).toBeGreaterThan(0.1);
      await liveDays(world, 2, after);
      const later = await costOf(world, after);
      expect(later.tables[0].policies[0].copies).toBeGreaterThanOrEqual(2);
      expect(later.now.lines.copies.usd).toBeGreaterThan(0.1);
    },
  );
});
