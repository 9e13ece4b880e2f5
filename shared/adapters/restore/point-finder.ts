import {
  type BackupClient,
  DescribeRecoveryPointCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { parsePointArn } from '../../model/point-arn.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { FoundPoint, PointFinder } from '../../ports/restore.ts';
import type { ClientOptions } from '../aws/clients.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { readingOf, statedList, statedText } from '../aws/reading.ts';
import { parseTableArn } from '../aws/table-arn.ts';
import { createBackupClient } from '../engines/vaults/vault-clients.ts';

const readVaultNames = (client: BackupClient) =>
  readPages('ListBackupVaults', async (token) => {
    const { BackupVaultList, NextToken } = await client.send(
      new ListBackupVaultsCommand({ ...(token !== undefined && { NextToken: token }) }),
    );
    const vaults = statedList(BackupVaultList);
    if (vaults === undefined) return pageWithout('BackupVaultList');
    return {
      items: vaults.flatMap(({ BackupVaultName }) => statedText(BackupVaultName) ?? []),
      token: NextToken,
    };
  });

const tableIn = (
  client: BackupClient,
  vault: string,
  arn: string,
): Promise<Reading<{ readonly table: string }>> =>
  readingOf('DescribeRecoveryPoint', async () => {
    const { ResourceArn } = await client.send(
      new DescribeRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: arn }),
    );
    const table = parseTableArn(statedText(ResourceArn) ?? '');
    return table === undefined || table === 'part' ? 'it is of no table' : { table: table.table };
  });

/** A vault that may not be looked into does not have it for sure: that is only said where no other has it. */
const findIn = async (
  client: BackupClient,
  arn: string,
  target: FoundPoint['vault']['target'],
): Promise<Reading<FoundPoint>> => {
  const { items, gap } = await readVaultNames(client);
  let failure: Failure | undefined = gap;
  for (const name of items) {
    const read = await tableIn(client, name, arn);
    if (read.kind === 'found')
      return { kind: 'found', value: { table: read.value.table, vault: { target, name } } };
    if (read.kind === 'unreadable') failure ??= read.failure;
  }
  return failure === undefined ? { kind: 'missing' } : { kind: 'unreadable', failure };
};

/** Creates what finds recovery points by their ARN, in whichever Region it names. */
export const createPointFinder = (optionsIn: (region: string) => ClientOptions): PointFinder => ({
  find: async (pointArn) => {
    const arn = parsePointArn(pointArn);
    if (arn === undefined)
      return { kind: 'unreadable', failure: ownFailure('not-there', `${pointArn} is no recovery point`) };
    return await findIn(createBackupClient(optionsIn(arn.target.region)), pointArn, arn.target);
  },
});
