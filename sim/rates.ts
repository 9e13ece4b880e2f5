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
]);

/** A client that waits exactly long enough must pass in spite of rounding. */
const ROUNDING = 1e-6;

interface Bucket {
  tokens: number;
  filledAt: number;
}

const takeToken = (bucket: Bucket, rate: Rate, now: number): boolean => {
  const refilled = ((now - bucket.filledAt) / 1000) * rate.perSecond;
  bucket.tokens = Math.min(rate.burst, bucket.tokens + refilled);
  bucket.filledAt = now;
  if (bucket.tokens < 1 - ROUNDING) return false;
  bucket.tokens -= 1;
  return true;
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
      const rate = mode === 'off' ? undefined : rates.get(call.operation);
      return rate === undefined || takeToken(bucketOf(rate), rate, clock.now());
    },
  };
};
