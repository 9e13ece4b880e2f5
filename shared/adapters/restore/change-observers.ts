import {
  type ApproximateCreationDateTimePrecision,
  type ContributorInsightsMode,
  EnableKinesisStreamingDestinationCommand,
  UpdateContributorInsightsCommand,
  UpdateKinesisStreamingDestinationCommand,
} from '@aws-sdk/client-dynamodb';
import { ownFailure } from '../../model/failure.ts';
import type { SettingStep, StepOutcome } from '../../model/restore.ts';
import { AS_ASKED, blocked, type Change, open, unseen, wait } from './change.ts';
import type { TableAt } from './change-plain.ts';
import { readInsightsOf, readKinesis } from './read-facets.ts';

type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { readonly kind: Kind }>;

/** Accepted is not on: the service may find only then that it cannot make its rules. */
const afterInsights = async (
  { dynamodb, table }: TableAt,
  index?: string,
): Promise<StepOutcome | undefined> => {
  const reading = await readInsightsOf(dynamodb, table, index);
  if (reading.kind !== 'found' || reading.value.status !== 'FAILED') return undefined;
  const why = `Contributor Insights is FAILED: ${reading.value.reason ?? 'the service does not say why'}`;
  return {
    kind: 'failed',
    failure: ownFailure('not-as-asked', why, { operation: 'UpdateContributorInsights' }),
  };
};

/**
 * Switches Contributor Insights on for the table or one index.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html (checked 2026-11-28)
 */
export const insightsChange = (at: TableAt, { index, mode }: Step<'insights'>): Change<undefined> => ({
  operation: 'UpdateContributorInsights',
  look: async () => {
    const reading = await readInsightsOf(at.dynamodb, at.table, index);
    if (reading.kind !== 'found') return unseen(reading, 'DescribeContributorInsights');
    const { status, mode: has } = reading.value;
    const isOn = status === 'ENABLED' || status === 'ENABLING';
    if (isOn && (mode === undefined || has === undefined || has === mode)) return AS_ASKED;
    const isUnderWay = status === 'ENABLING' || status === 'DISABLING';
    return isUnderWay
      ? wait(`Contributor Insights is ${status}`, 'UpdateContributorInsights')
      : open(undefined);
  },
  send: async () => {
    await at.dynamodb.send(
      new UpdateContributorInsightsCommand({
        TableName: at.table,
        ContributorInsightsAction: 'ENABLE',
        ...(index !== undefined && { IndexName: index }),
        ...(mode !== undefined && { ContributorInsightsMode: mode as ContributorInsightsMode }),
      }),
    );
    return afterInsights(at, index);
  },
});

const SENDING: readonly string[] = ['ACTIVE', 'ENABLING', 'UPDATING'];

/**
 * Sends the table's changes to a Kinesis stream. Where they go to another one, a person has to decide.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingDestination.html (checked 2026-11-28)
 */
export const kinesisChange = (
  { dynamodb, table }: TableAt,
  { streamArn, precision }: Step<'kinesis'>,
): Change<'enable' | 'update'> => ({
  operation: 'EnableKinesisStreamingDestination',
  look: async () => {
    const operation = 'EnableKinesisStreamingDestination';
    const reading = await readKinesis(dynamodb, table);
    if (reading.kind !== 'found') return unseen(reading, 'DescribeKinesisStreamingDestination');
    const own = reading.value.find((one) => one.streamArn === streamArn);
    const other = reading.value.find((one) => one.streamArn !== streamArn && SENDING.includes(one.status));
    const isPrecise = precision === undefined || own?.precision === undefined || own.precision === precision;
    if (own?.status === 'ACTIVE') return isPrecise ? AS_ASKED : open('update');
    if (own !== undefined && own.status !== 'ENABLE_FAILED')
      return wait(`the destination is ${own.status}`, operation);
    if (other !== undefined) return blocked(`the table sends its changes to ${other.streamArn}`, operation);
    return open('enable');
  },
  send: async (how) => {
    const given = { ApproximateCreationDateTimePrecision: precision as ApproximateCreationDateTimePrecision };
    const place = { TableName: table, StreamArn: streamArn };
    if (how === 'update') {
      const UpdateKinesisStreamingConfiguration = given;
      await dynamodb.send(
        new UpdateKinesisStreamingDestinationCommand({ ...place, UpdateKinesisStreamingConfiguration }),
      );
      return undefined;
    }
    await dynamodb.send(
      new EnableKinesisStreamingDestinationCommand({
        ...place,
        ...(precision !== undefined && { EnableKinesisStreamingConfiguration: given }),
      }),
    );
    return undefined;
  },
});
