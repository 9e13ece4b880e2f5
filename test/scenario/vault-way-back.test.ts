import { resolve } from 'node:path';
import { BackupClient, PutBackupVaultAccessPolicyCommand, StartCopyJobCommand } from '@aws-sdk/client-backup';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import { openAccount } from '../../sim/console/accounts.ts';
import { setCrossAccountBackup } from '../../sim/console/backup-trouble.ts';
import { joinOrganization } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { destinationTemplate } from '../../tools/destination-template.ts';
import { deploy } from '../support/deployment.ts';
import { type Deployed, resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate, type Template } from '../support/template.ts';

// Copies go to another account and one comes back, under the access policies of the two templates and nothing else.

const THERE = '999922223333';
const FAR = `arn:aws:backup:us-east-1:${THERE}:backup-vault:tablekeeper-dr`;
const POLICIES = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 2 }
    copyTo: ["${FAR}"]
`;

const clientOf = ({ accountId, region, ...account }: SimAccount): BackupClient =>
  new BackupClient({
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'simulated' },
    requestHandler: requestHandlerOf({ accountId, region, ...account }),
    maxAttempts: 1,
  });

/** Makes the vault of a template with a key of its own, and puts its access policy as CloudFormation does: AWS refuses one that is too open. */
const makeVault = async (account: SimAccount, template: Template, name: string, deployed: Deployed) => {
  createVault(account, { name, encryptionKeyArn: `arn:aws:kms:us-east-1:${account.accountId}:key/vault` });
  const { BackupVault } = resolvedResources(template, deployed);
  const Policy = JSON.stringify(BackupVault?.Properties.AccessPolicy);
  await clientOf(account).send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: name, Policy }));
};

it('a copy goes to another account, and back into the vault here when it is started there', async () => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: POLICIES });
  const { account: here, clock, run } = world;
  const there = openAccount(here, THERE);
  for (const one of [here, there]) joinOrganization(one);
  setCrossAccountBackup(here, true);
  const home = { accountId: here.accountId, region: here.region };
  const parameters = { Vault: 'tablekeeper', VaultAccounts: `444455556666,${THERE}` };
  await makeVault(here, packageTemplate(), 'tablekeeper', { ...home, parameters });
  await makeVault(there, destinationTemplate(resolve('.')) as unknown as Template, 'tablekeeper-dr', {
    ...{ accountId: THERE, region: 'us-east-1' },
    parameters: { SourceAccount: here.accountId },
  });
  createTable(here, {
    name: 'orders',
    tags: { 'backup:policy': 'offsite' },
    pitr: true,
    createdAt: clock.now() - 40 * DAY_MS,
  });
  for (let hours = 0; hours < 12; hours += 3) {
    await clock.advanceBy(3 * HOUR_MS);
    await run('protect');
  }
  expect((await run('audit')).openFindings).toEqual([]);
  const [copy] = pointsOf(there, 'tablekeeper-dr');
  expect(copy?.status).toBe('ready');

  const before = pointsOf(here, 'tablekeeper').length;
  await clientOf(there).send(
    new StartCopyJobCommand({
      RecoveryPointArn: copy?.arn,
      SourceBackupVaultName: 'tablekeeper-dr',
      DestinationBackupVaultArn: `arn:aws:backup:us-east-1:${here.accountId}:backup-vault:tablekeeper`,
      IamRoleArn: `arn:aws:iam::${THERE}:role/tablekeeper-prod-us-east-1-copy-back`,
    }),
  );
  await clock.advanceBy(6 * HOUR_MS);
  expect(pointsOf(here, 'tablekeeper').filter(({ status }) => status === 'ready')).toHaveLength(before + 1);
}, 30_000);
