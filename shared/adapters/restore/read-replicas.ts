import type { ReplicaDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Pitr } from '../../model/table.ts';
import type { PitrSetting, ReplicaSettings } from '../../model/table-settings.ts';
import { readPitr } from '../aws/pitr.ts';
import { readTableTags } from '../aws/table-tags.ts';
import { readDescribedTable } from './described-table.ts';
import { readInsights } from './read-facets.ts';
import type { SettingsClients } from './settings-clients.ts';

/** Drops the window, which moves: what was promised stays. */
export const pitrSettingOf = ({ enabled, recoveryPeriodDays }: Pitr): PitrSetting => ({
  enabled,
  ...(enabled && recoveryPeriodDays !== undefined && { recoveryPeriodDays }),
});

const readReplica = async (
  { inRegion, target }: SettingsClients,
  table: string,
  region: string,
  { KMSMasterKeyId: keyArn, ReplicaTableClassSummary }: ReplicaDescription,
): Promise<ReplicaSettings> => {
  const dynamodb = inRegion(region);
  const [described, tags, pitr, insights] = await Promise.all([
    readDescribedTable(dynamodb, table),
    readTableTags(dynamodb, table, { ...target, region }),
    readPitr(dynamodb, table),
    readInsights(dynamodb, table),
  ]);
  const tableClass = ReplicaTableClassSummary?.TableClass;
  return {
    region,
    ...(keyArn !== undefined && { keyArn }),
    ...(tableClass !== undefined && { tableClass }),
    ...(tags.kind === 'found' && { tags: tags.value }),
    ...(pitr.kind === 'found' && { pitr: pitrSettingOf(pitr.value) }),
    ...(described.kind === 'found' && { deletionProtection: described.value.shape.deletionProtection }),
    ...('value' in insights && { insights: insights.value }),
  };
};

/** Those in other Regions than the table's. */
export const replicasIn = ({ Replicas = [] }: TableDescription, own: string) =>
  Replicas.flatMap((replica) =>
    replica.RegionName === undefined || replica.RegionName === own
      ? []
      : [{ ...replica, region: replica.RegionName }],
  );

/**
 * Reads the replicas of a table, each with what its Region has for itself, which only that Region's endpoint says. What could not be read there is
 * left out.
 */
export const readReplicas = async (
  clients: SettingsClients,
  table: string,
  description: TableDescription,
): Promise<readonly ReplicaSettings[]> => {
  const replicas = replicasIn(description, clients.target.region).toSorted((a, b) =>
    a.region < b.region ? -1 : 1,
  );
  return Promise.all(replicas.map((replica) => readReplica(clients, table, replica.region, replica)));
};
