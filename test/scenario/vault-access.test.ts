import {
  BackupClient,
  DeleteRecoveryPointCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from '@aws-sdk/client-backup';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault, pointsOf, setVaultPolicy } from '../../sim/console/vaults.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { keyOf } from '../support/rights.ts';
import { packageTemplate } from '../support/template.ts';

// The access policy that is packaged, on a vault of the simulated account.

const POLICIES = `
policies:
  offsite: { engine: aws-backup, schedule: "0 3 * * *", vault: main, retention: { daily: 2 } }
`;

const sessionOf = (role: string): string =>
  `arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-${role}-0123456789AB/run`;

const begin = async (): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: POLICIES });
  const { account, clock } = world;
  createVault(account, { name: 'main' });
  createTable(account, {
    name: 'orders',
    tags: { 'backup:policy': 'offsite' },
    pitr: true,
    createdAt: clock.now() - 40 * DAY_MS,
  });
  const { accountId, region } = account;
  const deployed = { accountId, region, parameters: { Vault: 'main' } };
  const { BackupVault } = resolvedResources(packageTemplate(), deployed);
  setVaultPolicy(account, 'main', BackupVault?.Properties.AccessPolicy as object);
  for (const [name, role] of [
    ['backup', 'BackupRole'],
    ['prune', 'PruneRole'],
    ['audit', 'AuditRole'],
  ] as const)
    account.state.sessions.set(keyOf('prod', name), sessionOf(role));
  return world;
};

const days = async ({ clock, run }: Deployment, count: number) => {
  for (let quarter = 0; quarter < 4 * count; quarter += 1) {
    await clock.advanceBy(HOUR_MS);
    expect((await run('protect')).failures).toEqual([]);
    await clock.advanceBy(5 * HOUR_MS);
    for (const mode of ['expire', 'audit'] as const) expect((await run(mode)).failures).toEqual([]);
  }
};

describe('the vault that a deployment makes', { timeout: 30_000 }, () => {
  it('lets prune delete, whatever its role is called after it was deployed again, and audits find nothing wrong', async () => {
    const world = await begin();
    await days(world, 5);
    const kept = pointsOf(world.account, 'main').filter(({ status }) => status === 'ready');
    expect(kept).toHaveLength(2);
    expect((await world.run('audit')).openFindings).toEqual([]);
  });

  it('lets a person with every right look, and delete nothing', async () => {
    const world = await begin();
    await days(world, 2);
    const { account } = world;
    const client = new BackupClient({
      region: account.region,
      credentials: { accessKeyId: 'admin', secretAccessKey: 'simulated' },
      requestHandler: requestHandlerOf(account),
    });
    const vault = { BackupVaultName: 'main' };
    const { RecoveryPoints = [] } = await client.send(new ListRecoveryPointsByBackupVaultCommand(vault));
    const [{ RecoveryPointArn = '' } = {}] = RecoveryPoints;
    const deletion = new DeleteRecoveryPointCommand({ ...vault, RecoveryPointArn });
    await expect(client.send(deletion)).rejects.toThrow('explicit deny in a resource-based policy');
    expect(pointsOf(account, 'main')).toHaveLength(RecoveryPoints.length);
  });
});
