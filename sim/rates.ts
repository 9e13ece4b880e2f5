import type { Call } from './call.ts';
import type { VirtualClock } from './clock.ts';

export type RateMode = 'documented' | 'measured' | 'off';

/** One burst bucket. Operations that name the same bucket share it. */
interface Rate {
  readonly bucket: string;
  readonly perSecond: number;
  readonly burst: number;
}

export interface Rates {
  /** Takes a token for the call; false when there is none. */
  admit(call: Call): boolean;
}

const alone = (operation: string, perSecond: number, burst = perSecond): [string, Rate] => [
  operation,
  { bucket: operation, perSecond, burst },
];
const together = (bucket: string, perSecond: number, operations: readonly string[]): [string, Rate][] =>
  operations.map((operation) => [operation, { bucket, perSecond, burst: perSecond }]);

const TAGGING_API: readonly [string, Rate][] = [
  alone('GetResources', 15),
  ...['TagResources', 'UntagResources', 'GetTagKeys', 'GetTagValues'].map((name) => alone(name, 5)),
];

/** What Lambda counts together, besides what reads a function. */
const MAPPING_CALLS = ['Create', 'Delete', 'Get', 'Update']
  .map((verb) => `${verb}EventSourceMapping`)
  .concat('ListEventSourceMappings');

const named = (perSecond: number, names: string): [string, Rate][] =>
  names.split(' ').map((name) => alone(`backup:${name}`, perSecond));

/** Of AWS Backup; what it does not list is paced as its slowest. */
const BACKUP: readonly [string, Rate][] = [
  ...named(5, 'StartBackupJob StartRestoreJob StopBackupJob StartCopyJob DescribeCopyJob ListCopyJobs'),
  ...named(5, 'TagResource UntagResource UpdateRecoveryPointLifecycle DescribeBackupVault DeleteBackupVault'),
  ...named(5, 'DeleteBackupVaultAccessPolicy DescribeRegionSettings UpdateRegionSettings'),
  ...named(5, 'CreateBackupPlan DeleteBackupPlan UpdateBackupPlan'),
  ...named(10, 'DeleteRecoveryPoint DescribeProtectedResource'),
  ...named(15, 'DescribeBackupJob DescribeRecoveryPoint DescribeRestoreJob GetRecoveryPointRestoreMetadata'),
  ...named(15, 'GetBackupVaultAccessPolicy GetSupportedResourceTypes'),
  ...named(20, 'ListBackupJobs ListRestoreJobs ListRecoveryPointsByBackupVault ListRecoveryPointsByResource'),
  ...named(20, 'ListProtectedResources ListBackupVaults ListTags'),
];
/** All calls of AWS Backup together. */
const BACKUP_SUM: Rate = { bucket: 'backup', perSecond: 50, burst: 50 };

/** Where no burst was measured, one second's worth. */
const DOCUMENTED = new Map<string, Rate>([
  alone('CreateBackup', 50),
  alone('DescribeBackup', 10, 13),
  alone('ListBackups', 5),
  alone('DeleteBackup', 10, 13),
  alone('RestoreTableFromBackup', 10),
  alone('DescribeContinuousBackups', 10),
  alone('ListTagsOfResource', 10),
  alone('DescribeTimeToLive', 10, 5),
  alone('DescribeLimits', 1 / 60, 1),
  ...together('tag-writes', 5, ['TagResource', 'UntagResource']),
  ...together('table-reads', 2500, ['DescribeTable', 'ListTables']),
  alone('GetResourcePolicy', 100),
  alone('PutResourcePolicy', 25),
  ...['Describe', 'List', 'Update'].map((verb) => alone(`${verb}ContributorInsights`, 5)),
  alone('DescribeAlarms', 9),
  alone('PutMetricAlarm', 3),
  ...together('mappings', 15, MAPPING_CALLS),
  ...TAGGING_API,
  ...BACKUP,
  alone('Publish', 30_000),
  alone('ListSubscriptionsByTopic', 30),
  ...['DescribeTrails', 'GetTrailStatus', 'GetEventSelectors'].map((name) => alone(name, 10)),
  ...['CreateTrail', 'StartLogging', 'StopLogging', 'PutEventSelectors'].map((name) => alone(name, 1)),
]);

/** What a third party saw on real accounts: some documented rates are not enforced, and table changes share one small limiter. */
const MEASURED = new Map<string, Rate>([
  alone('DescribeBackup', 30, 13),
  alone('ListBackups', 5),
  alone('DeleteBackup', 10, 13),
  alone('DescribeContinuousBackups', 10),
  alone('DescribeTimeToLive', 10, 5),
  ...together('table-writes', 6, ['TagResource', 'UntagResource', 'UpdateTable', 'DeleteTable']),
  ...TAGGING_API,
  ...BACKUP,
]);

/** A client that waits exactly long enough must pass in spite of rounding. */
const ROUNDING = 1e-6;

interface Bucket {
  tokens: number;
  filledAt: number;
}

const fill = (bucket: Bucket, rate: Rate, now: number): boolean => {
  const refilled = ((now - bucket.filledAt) / 1000) * rate.perSecond;
  bucket.tokens = Math.min(rate.burst, bucket.tokens + refilled);
  bucket.filledAt = now;
  return bucket.tokens >= 1 - ROUNDING;
};

/** AWS Backup has operations whose names DynamoDB has too, and a limit over all of its own. */
const ratesOf = (rates: ReadonlyMap<string, Rate>, { service, operation }: Call): readonly Rate[] => {
  const own = rates.get(service === 'backup' ? `backup:${operation}` : operation);
  return [own ?? [], service === 'backup' ? BACKUP_SUM : []].flat();
};

export const createRates = (mode: RateMode, clock: VirtualClock): Rates => {
  const rates = mode === 'measured' ? MEASURED : DOCUMENTED;
  const buckets = new Map<string, Bucket>();
  const bucketOf = (rate: Rate): Bucket => {
    const bucket = buckets.get(rate.bucket) ?? { tokens: rate.burst, filledAt: clock.now() };
    buckets.set(rate.bucket, bucket);
    return bucket;
  };
  return {
    admit(call) {
      const own = mode === 'off' ? [] : ratesOf(rates, call);
      const filled = own.map((rate) => ({ bucket: bucketOf(rate), rate }));
      if (!filled.every(({ bucket, rate }) => fill(bucket, rate, clock.now()))) return false;
      for (const { bucket } of filled) bucket.tokens -= 1;
      return true;
    },
  };
};
