import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
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

/** A table to which anything was ever written counts as filled. */
const isFilled = ({ state }: SimAccount, table: Table): boolean =>
  table.itemCount + table.sizeBytes > 0 || state.items.copyOf(table) !== undefined;

type ReplicaUpdate = Pick<
  UpdateTableInput,
  'GlobalTableWitnessUpdates' | 'MultiRegionConsistency' | 'ReplicaUpdates'
>;

const createdIn = ({ GlobalTableWitnessUpdates, ReplicaUpdates }: ReplicaUpdate) => ({
  replicas: (ReplicaUpdates ?? []).flatMap(({ Create }) => Create?.RegionName ?? []),
  witnesses: (GlobalTableWitnessUpdates ?? []).flatMap(({ Create }) => Create?.RegionName ?? []),
});

/**
 * Strong consistency is for a table without items, in exactly three Regions, and for good.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (checked 2026-11-29)
 */
const refuseConsistency = (account: SimAccount, table: Table, update: ReplicaUpdate): void => {
  const invalid = (why: string) => validationFailure(`One or more parameter values were invalid: ${why}`);
  const { replicas, witnesses } = createdIn(update);
  if (replicas.length > 0 && table.settings.consistency === 'STRONG')
    throw invalid('Cannot add a replica to a table with multi-Region strong consistency');
  if (update.MultiRegionConsistency === undefined && witnesses.length === 0) return;
  if (replicas.length === 0 || table.settings.replicas.length > 0)
    throw invalid('MultiRegionConsistency is only valid when a global table is created');
  if (update.MultiRegionConsistency !== 'STRONG') {
    if (witnesses.length > 0) throw invalid('Witnesses need MultiRegionConsistency STRONG');
    return;
  }
  if (replicas.length + witnesses.length !== 2)
    throw invalid('MultiRegionConsistency STRONG needs three replicas, or two replicas and a witness');
  if (isFilled(account, table))
    throw invalid('Table must be empty when enabling MultiRegionConsistency STRONG');
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

/** Each replica says the same of the whole. */
const makeConsistent = ({ account }: Context, table: Table, update: ReplicaUpdate): void => {
  if (update.MultiRegionConsistency !== 'STRONG') return;
  const { replicas, witnesses } = createdIn(update);
  const copies = replicas.flatMap((region) => elsewhere(account, region).state.tables.get(table.name) ?? []);
  for (const { settings } of [table, ...copies]) {
    settings.consistency = 'STRONG';
    settings.witnesses = witnesses;
  }
};

/** Adds and removes copies of a table in other Regions. */
export const changeReplicas = (context: Context, table: Table, update: ReplicaUpdate): void => {
  refuseConsistency(context.account, table, update);
  for (const { Create, Delete } of update.ReplicaUpdates ?? []) {
    if (Create) {
      refuseStream(table);
      refuseCapacity(context.account, table);
      addReplica(context, table, Create.RegionName ?? '');
    }
    if (Delete) dropReplica(context, table, Delete.RegionName ?? '');
  }
  makeConsistent(context, table, update);
};

/** A table that others were copied from stays for a day. */
export const refuseRecentSource = ({ settings }: Table, now: number): void => {
  if (!settings.replicas.some(({ addedAt }) => now < addedAt + DAY_MS)) return;
  throw validationFailure(
    'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
  );
};
