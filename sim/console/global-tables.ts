import type { SimAccount } from '../account.ts';
import { invokeIn } from './attachments.ts';
import { tableOf } from './tables.ts';

/** What a replica is made with. */
export interface GlobalTable {
  /** The Regions of further replicas, which the account is open in. */
  readonly regions: readonly string[];
  /** The Region that witnesses writes: reads are consistent over all Regions then, and the table has to be empty. */
  readonly witness?: string;
}

/** Makes a table a global one, with the stream that it needs. Time passes until its replicas are there. */
export const makeGlobal = async (
  account: SimAccount,
  TableName: string,
  { regions, witness }: GlobalTable,
): Promise<void> => {
  const invoke = invokeIn(account);
  const { replicaMs, updateTableMs } = account.state.settings;
  if (tableOf(account, TableName).definition.stream?.StreamEnabled !== true) {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
    await invoke('dynamodb', 'UpdateTable', { TableName, StreamSpecification });
    await account.clock.advanceBy(updateTableMs);
  }
  await invoke('dynamodb', 'UpdateTable', {
    TableName,
    ReplicaUpdates: regions.map((RegionName) => ({ Create: { RegionName } })),
    ...(witness !== undefined && {
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnessUpdates: [{ Create: { RegionName: witness } }],
    }),
  });
  await account.clock.advanceBy(Math.max(replicaMs, updateTableMs));
};

/** Takes a replica out of its global table, from another Region: AWS deletes it there. */
export const removeReplica = async (
  account: SimAccount,
  TableName: string,
  region: string,
): Promise<void> => {
  const ReplicaUpdates = [{ Delete: { RegionName: region } }];
  await invokeIn(account)('dynamodb', 'UpdateTable', { TableName, ReplicaUpdates });
  await account.clock.advanceBy(account.state.settings.updateTableMs);
};
