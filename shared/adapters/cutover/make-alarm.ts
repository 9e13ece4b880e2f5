import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { CutoverOutcome } from '../../model/cutover.ts';
import type { Attachment } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from '../aws/reading.ts';
import { ALARM_MEMBERS } from '../restore/alarms.ts';
import { AS_ASKED, blocked, makeChange, open, unseen } from '../restore/change.ts';
import { isSameJson, statedMembers } from '../restore/stated-json.ts';
import { readAlarmTags } from './tags-of.ts';

type Content = Attachment['content'];

/** The service writes empty lists for what was not given, and does not take all of them back. */
const stated = (content: Content): Content =>
  Object.fromEntries(
    Object.entries(content).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );

const readAlarm = (
  client: CloudWatchClient,
  name: string,
): Promise<Reading<{ readonly content?: Content }>> =>
  readingOf('DescribeAlarms', async () => {
    const AlarmTypes: ('CompositeAlarm' | 'MetricAlarm')[] = ['CompositeAlarm', 'MetricAlarm'];
    const answer = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes }));
    const [alarm] = [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])];
    return alarm === undefined ? {} : { content: statedMembers(alarm, ALARM_MEMBERS) };
  });

/**
 * Makes an alarm, with the tags of the one that it follows. SAFETY: one of that name that differs is left as it is, because putting it would overwrite it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (checked 2026-11-28)
 */
export const makeAlarm = (
  client: CloudWatchClient,
  AlarmName: string,
  content: Content,
  from: string,
): Promise<CutoverOutcome> => {
  const isComposite = content.AlarmRule !== undefined;
  const operation = isComposite ? 'PutCompositeAlarm' : 'PutMetricAlarm';
  const wanted = stated(content);
  const withTags = async () => {
    const tags = await readAlarmTags(client, from);
    return tags.kind === 'found' ? open(tags.value) : unseen(tags, operation);
  };
  return makeChange<Readonly<Record<string, string>>>({
    operation,
    look: async () => {
      const reading = await readAlarm(client, AlarmName);
      if (reading.kind !== 'found')
        return reading.kind === 'missing' ? await withTags() : { kind: 'unread', failure: reading.failure };
      const { content: has } = reading.value;
      if (has === undefined) return await withTags();
      return isSameJson(stated(has), wanted)
        ? AS_ASKED
        : blocked(`an alarm ${AlarmName} exists and differs`, operation);
    },
    send: async (tags) => {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const input: unknown = { ...wanted, AlarmName, ...(Tags.length > 0 && { Tags }) };
      if (isComposite)
        await client.send(new PutCompositeAlarmCommand(input as PutCompositeAlarmCommandInput));
      else await client.send(new PutMetricAlarmCommand(input as PutMetricAlarmCommandInput));
      return undefined;
    },
  });
};
