import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { GetEventSourceMappingCommand, type LambdaClient, ListTagsCommand } from '@aws-sdk/client-lambda';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from '../aws/reading.ts';

type Tags = Readonly<Record<string, string>>;

/** Tags whose key begins so are AWS's own: it puts them on itself and refuses them from others. */
const carried = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));

const NONE: Tags = {};

/** What is not there any more has no tags that could be lost. */
const orNone = (reading: Reading<Tags>): Reading<Tags> =>
  reading.kind === 'missing' ? { kind: 'found', value: NONE } : reading;

/**
 * Reads the tags of an alarm, which its description does not have.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html (not read: as the SDK describes it)
 */
export const readAlarmTags = async (client: CloudWatchClient, name: string): Promise<Reading<Tags>> => {
  const AlarmTypes: ('CompositeAlarm' | 'MetricAlarm')[] = ['CompositeAlarm', 'MetricAlarm'];
  const arn = await readingOf('DescribeAlarms', async () => {
    const answer = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes }));
    const [alarm] = [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])];
    return { arn: alarm?.AlarmArn };
  });
  if (arn.kind !== 'found') return orNone(arn);
  const { arn: ResourceARN } = arn.value;
  if (ResourceARN === undefined) return { kind: 'found', value: NONE };
  return orNone(
    await readingOf('ListTagsForResource', async () => {
      const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceARN }));
      return carried(Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
    }),
  );
};

/**
 * Reads the tags of an event source mapping, which its configuration does not have.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html (not read: as the SDK describes it)
 */
export const readMappingTags = async (client: LambdaClient, UUID: string): Promise<Reading<Tags>> => {
  const arn = await readingOf('GetEventSourceMapping', async () => {
    const { EventSourceMappingArn } = await client.send(new GetEventSourceMappingCommand({ UUID }));
    return { arn: EventSourceMappingArn };
  });
  if (arn.kind !== 'found') return orNone(arn);
  const { arn: Resource } = arn.value;
  if (Resource === undefined) return { kind: 'found', value: NONE };
  return orNone(
    await readingOf('ListTags', async () => {
      const { Tags = {} } = await client.send(new ListTagsCommand({ Resource }));
      return carried(Tags);
    }),
  );
};
