import {
  type ContributorInsightsSummary,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  ListContributorInsightsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Failure } from '../../model/failure.ts';
import type { Insights, KinesisDestination, TableSettings } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import { failureOf } from '../aws/errors.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { readingOf, statedList } from '../aws/reading.ts';

/** A setting that may be none. */
interface Perhaps<Value> {
  readonly value: Value | null;
}

/** TTL as the service shows it. */
export interface TtlState {
  readonly status: 'DISABLED' | 'DISABLING' | 'ENABLED' | 'ENABLING';
  readonly attribute?: string;
}

/**
 * Reads whether TTL is on, for which attribute, and whether it is being switched.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html (checked 2026-11-28)
 */
export const readTtlState = (dynamodb: DynamoDBClient, table: string): Promise<Reading<TtlState>> =>
  readingOf('DescribeTimeToLive', async () => {
    const { TimeToLiveDescription: ttl } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: table }),
    );
    const [status, attribute] = [ttl?.TimeToLiveStatus, ttl?.AttributeName];
    if (status === undefined) return 'the answer does not say whether TTL is on';
    return { status, ...(attribute !== undefined && { attribute }) };
  });

/** A policy with the revision that a change of it names. */
export interface PolicyState {
  readonly policy: string;
  readonly revision?: string;
}

/**
 * Reads the resource policy of a table or a stream. Right after a change it may show the one before.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html (checked 2026-11-28)
 */
export const readPolicy = async (
  dynamodb: DynamoDBClient,
  arn: string,
): Promise<Reading<Perhaps<PolicyState>>> =>
  readingOf('GetResourcePolicy', async () => {
    try {
      const { Policy, RevisionId } = await dynamodb.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
      if (Policy === undefined || Policy === '') return 'the answer has no Policy';
      return { value: { policy: Policy, ...(RevisionId !== undefined && { revision: RevisionId }) } };
    } catch (error) {
      if (failureOf('GetResourcePolicy', error).name === 'PolicyNotFoundException') return { value: null };
      throw error;
    }
  });

/**
 * Reads where a table sends its changes; what was switched off is left out.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html (checked 2026-11-28)
 */
export const readKinesis = (
  dynamodb: DynamoDBClient,
  table: string,
): Promise<Reading<readonly KinesisDestination[]>> =>
  readingOf('DescribeKinesisStreamingDestination', async () => {
    const answer = await dynamodb.send(new DescribeKinesisStreamingDestinationCommand({ TableName: table }));
    const destinations = statedList(answer.KinesisDataStreamDestinations) ?? [];
    return destinations.flatMap((one): KinesisDestination[] => {
      const { StreamArn: streamArn, DestinationStatus: status } = one;
      const precision = one.ApproximateCreationDateTimePrecision;
      if (streamArn === undefined || status === undefined || status === 'DISABLED') return [];
      return [{ streamArn, status, ...(precision !== undefined && { precision }) }];
    });
  });

/**
 * Reads Contributor Insights of a table, or of one index, with the reason of a failure.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContributorInsights.html (checked 2026-11-28)
 */
export const readInsightsOf = (
  dynamodb: DynamoDBClient,
  table: string,
  index: string | undefined,
): Promise<Reading<Insights>> =>
  readingOf('DescribeContributorInsights', async () => {
    const answer = await dynamodb.send(
      new DescribeContributorInsightsCommand({
        TableName: table,
        ...(index !== undefined && { IndexName: index }),
      }),
    );
    const {
      ContributorInsightsStatus: status,
      ContributorInsightsMode: mode,
      FailureException: failed,
    } = answer;
    const reason = failed?.ExceptionDescription ?? failed?.ExceptionName;
    if (status === undefined) return 'the answer does not say whether insights are on';
    return {
      ...(index !== undefined && { index }),
      status,
      ...(mode !== undefined && { mode }),
      ...(reason !== undefined && { reason }),
    };
  });

const toInsights = (one: Partial<ContributorInsightsSummary>): Insights[] => {
  const { IndexName: index, ContributorInsightsStatus: status, ContributorInsightsMode: mode } = one;
  if (status === undefined || status === 'DISABLED') return [];
  return [
    {
      ...(index !== undefined && index !== '' && { index }),
      status,
      ...(mode !== undefined && { mode }),
    },
  ];
};

const byIndex = (a: Insights, b: Insights): number => ((a.index ?? '') < (b.index ?? '') ? -1 : 1);

/** A list or the failure that ended it. */
type Read<Value> = { readonly value: Value } | { readonly failure: Failure };

/**
 * Reads Contributor Insights of a table and all its indexes; what is off is left out. Why one failed is asked for by itself.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListContributorInsights.html (checked 2026-11-28)
 */
export const readInsights = async (
  dynamodb: DynamoDBClient,
  table: string,
): Promise<Read<TableSettings['insights']>> => {
  const { items, gap } = await readPages('ListContributorInsights', async (token) => {
    const answer = await dynamodb.send(
      new ListContributorInsightsCommand({
        TableName: table,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const entries = statedList(answer.ContributorInsightsSummaries);
    if (entries === undefined) return pageWithout('ContributorInsightsSummaries');
    return { items: entries.flatMap(toInsights), token: answer.NextToken };
  });
  if (gap !== undefined) return { failure: gap };
  const explained = await Promise.all(
    items.map(async (one) => {
      if (one.status !== 'FAILED') return one;
      const reading = await readInsightsOf(dynamodb, table, one.index);
      return reading.kind === 'found' ? reading.value : one;
    }),
  );
  return { value: explained.toSorted(byIndex) };
};
