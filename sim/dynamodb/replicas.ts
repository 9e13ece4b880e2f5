import type { ReplicationGroupUpdate } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { isScaled } from '../autoscaling/scaling.ts';
import { validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import { addTable, removeTable } from './change-tables.ts';
import type { Table } from './table.ts';

const DAY_MS = 86_400_000;

const refuseCapacity = ({ state }: SimAccount, { name, definition }: Table): void => {
  if (definition.billingMode !== 'PROVISIONED') return;
  const indexes = (definition.globalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  if ([undefined, ...indexes].every((index) => isScaled(state.scaling, name, index))) return;
  throw validationFailure('Table write capacity should either be Pay-Per-Request or AutoScaled.');
};

const refuseStream = ({ definition: { stream } }: Table): void => {
  if (stream?.StreamEnabled && stream.StreamViewType === 'NEW_AND_OLD_IMAGES') return;
  throw validationFailure(
    'One or more parameter values were invalid: Table must have a stream of NEW_AND_OLD_IMAGES to be replicated',
  );
};

const elsewhere = ({ state, region: own }: SimAccount, region: string): SimAccount => {
  const account = region === own ? undefined : state.regions.get(region);
  if (account) return account;
  throw validationFailure(
    `One or more parameter values were invalid: Unsupported region for replica: ${region}`,
  );
};

/** Makes the table in another Region, with the items it has now; later writes do not get there. */
const addReplica = ({ account, caller, now }: Context, table: Table, region: string): void => {
  const there = elsewhere(account, region);
  if (there.state.tables.get(table.name)) {
    throw validationFailure(
      `Failed to create a the new replica of table with name: '${table.name}' because one or more replicas already existed as tables.`,
    );
  }
  const activeAt = now + account.state.settings.replicaMs;
  const times = { createdAt: now, activeAt, backupsReadyAt: activeAt };
  const { name, definition, sizeBytes, itemCount } = table;
  const replica = addTable(there, { name, definition, sizeBytes, itemCount, ...times }, caller);
  const items = account.state.items.copyOf(table);
  if (items) there.state.items.fill(replica, items);
  const others = [...table.settings.replicas, { region, addedAt: now, activeAt }];
  table.settings.replicas = others;
  // Not added by the copy: only the source has to stay for a day.
  const addedAt = Number.NEGATIVE_INFINITY;
  replica.settings.replicas = [{ region: account.region, addedAt, activeAt }];
};

const dropReplica = ({ account, caller }: Context, table: Table, region: string): void => {
  const { replicas } = table.settings;
  if (!replicas.some((replica) => replica.region === region)) {
    throw validationFailure(
      `One or more parameter values were invalid: Replica not found: table ${table.name} has none in ${region}`,
    );
  }
  const there = elsewhere(account, region);
  const replica = there.state.tables.get(table.name);
  if (replica) removeTable(there, replica, there.state.settings.deleteTableMs, caller);
  table.settings.replicas = replicas.filter((each) => each.region !== region);
};

/** Adds and removes copies of a table in other Regions. */
export const changeReplicas = (
  context: Context,
  table: Table,
  updates: readonly ReplicationGroupUpdate[],
): void => {
  for (const { Create, Delete } of updates) {
    if (Create) {
      refuseStream(table);
      refuseCapacity(context.account, table);
      addReplica(context, table, Create.RegionName ?? '');
    }
    if (Delete) dropReplica(context, table, Delete.RegionName ?? '');
  }
};

/** A table that others were copied from stays for a day. */
export const refuseRecentSource = ({ settings }: Table, now: number): void => {
  if (!settings.replicas.some(({ addedAt }) => now < addedAt + DAY_MS)) return;
  throw validationFailure(
    'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
  );
};
