import { readFile } from 'node:fs/promises';
import { CreateTableCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRecoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { deployToMoto } from '../support/moto-deployment.ts';

// The policy file of this repository, unchanged, in an account that nobody has tagged a table in.

const tablekeeper = await deployToMoto(await readFile('policies.yml', 'utf8'));
afterAll(() => tablekeeper.stop());
const { dynamodb } = tablekeeper;

const makeTable = (TableName: string, policy: string) =>
  dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Tags: [{ Key: 'backup:policy', Value: policy }],
    }),
  );

/** The policies of all recovery points, by table. */
const policiesByTable = async (): Promise<Readonly<Record<string, readonly (string | undefined)[]>>> => {
  const { BackupSummaries = [] } = await dynamodb.send(new ListBackupsCommand({}));
  const byTable = Map.groupBy(BackupSummaries, ({ TableName = '' }) => TableName);
  return Object.fromEntries(
    [...byTable].map(([table, backups]) => [
      table,
      backups.map(({ BackupName = '' }) => parseRecoveryPointName(BackupName)?.policy).toSorted(),
    ]),
  );
};

const NAMES = ['backup', 'prune', 'audit'] as const;
const functions = await Promise.all(NAMES.map((name) => tablekeeper.start(name)));

const tickAll = async (): Promise<void> => {
  for (const sandbox of functions) expect(await sandbox.invoke({})).toMatchObject({ ok: true });
};

describe('the functions with the policies of this repository', () => {
  it('say once that no table is governed', async () => {
    await tickAll();
    await tickAll();
    const mails = await tablekeeper.mails();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('[Tablekeeper prod] 1 new, info: waiting for the first table');
  });

  it('back up every table that is tagged, once for each of its policies, and repair point-in-time recovery', async () => {
    await makeTable('orders', 'standard');
    await makeTable('ledger', 'critical');
    await makeTable('invoices', 'standard+archive');
    await makeTable('scratch', 'none');
    await tickAll();
    expect(await policiesByTable()).toEqual({
      orders: ['standard'],
      ledger: ['critical'],
      invoices: ['archive', 'standard'],
    });
    const told = (await tablekeeper.mails()).map(({ message }) => message).join('\n');
    expect(told).toContain('Point-in-time recovery of orders is off');
  });
});
