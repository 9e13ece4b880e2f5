import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import type { Operation } from '../operation.ts';
import { notFound } from './failures.ts';
import { requiredText } from './input.ts';
import { listed } from './listing.ts';
import type { RecoveryPoint } from './points.ts';
import { secondsOf } from './vault-shape.ts';

/** The latest point of each resource that has one. */
const latestPoints = ({ state }: SimAccount): ReadonlyMap<string, RecoveryPoint> => {
  const latest = new Map<string, RecoveryPoint>();
  for (const point of state.backup.points.all()) {
    const before = latest.get(point.source.tableArn);
    if (!before || before.createdAt <= point.createdAt) latest.set(point.source.tableArn, point);
  }
  return latest;
};

const shapeOf = (account: SimAccount, point: RecoveryPoint): object => ({
  ResourceArn: point.source.tableArn,
  ResourceName: point.source.tableName,
  ResourceType: 'DynamoDB',
  LastBackupTime: secondsOf(point.createdAt),
  LastBackupVaultArn: vaultArn(account, point.vaultName),
  LastRecoveryPointArn: point.arn,
});

/** A resource is there from its first point on. */
export const listProtectedResources: Operation = ({ account }, input) =>
  listed(account, input, {
    name: 'Results',
    values: [...latestPoints(account).values()],
    keyOf: ({ source }) => source.tableArn,
    shapeOf: (point) => shapeOf(account, point),
  });

export const describeProtectedResource: Operation = ({ account }, input) => {
  const arn = requiredText(input, 'ResourceArn');
  const point = latestPoints(account).get(arn);
  if (!point) throw notFound(`Cannot find protected resource ${arn}`);
  return shapeOf(account, point);
};

export const getSupportedResourceTypes: Operation = ({ account }) => ({
  ResourceTypes: Object.keys(account.state.backup.regionSettings.optIn),
});
