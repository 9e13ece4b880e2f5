import { assertNever } from '../../../model/errors.ts';
import { isoInstant } from '../../../model/instant.ts';
import { shortHash } from '../../text/digest.ts';
import { capped, cappedWithoutLinks } from '../../text/words.ts';
import { type AlarmNotice, type TopicText, topicContent } from '../topic-content.ts';
import { alertEvents } from './alert.ts';
import { DETAIL_CHARS, dedupKey, type PagerdutyEvent, resolve, trigger } from './event.ts';

/** A time that cannot be read would have the event refused. */
const timeOf = (changedAt = ''): { readonly timestamp?: string } => {
  const at = Date.parse(changedAt);
  return Number.isNaN(at) ? {} : { timestamp: isoInstant(at) };
};

/** A CloudWatch alarm: an incident while it is in ALARM, under its own name. */
const alarmEvents = (alarm: AlarmNotice): readonly PagerdutyEvent[] => {
  const { accountId = '', changedAt, description, name, reason, region = '', state } = alarm;
  const key = dedupKey('alarm', accountId, region, name);
  if (state === 'OK') return [resolve(key)];
  if (state !== 'ALARM') return [];
  return [
    trigger(key, {
      summary: `${name}: ${description ?? reason ?? state}`,
      source: [accountId, region].filter((part) => part !== '').join('/') || 'CloudWatch',
      severity: 'critical',
      ...timeOf(changedAt),
      class: 'CloudWatch alarm',
      custom_details: {
        alarm: capped(name, DETAIL_CHARS),
        ...(description !== undefined && { description: capped(description, DETAIL_CHARS) }),
        ...(reason !== undefined && { reason: capped(reason, DETAIL_CHARS) }),
      },
    }),
  ];
};

/** A message that is no document of ours, or had no room to be one, is never lost. */
const textEvent = ({ id, subject, text }: TopicText & { readonly id: string }): PagerdutyEvent =>
  trigger(dedupKey('message', id === '' ? shortHash(text) : id), {
    summary: subject === '' ? 'A message on the alert topic' : subject,
    source: 'the alert topic',
    severity: 'warning',
    custom_details: { text: cappedWithoutLinks(text, DETAIL_CHARS) },
  });

/**
 * Writes a message on the topic as events of PagerDuty: one for each incident of an alert, one for an alarm, and one for any other text. A digest is none: it
 * is no problem that anybody has to solve.
 */
export const pagerdutyEvents = (message: TopicText & { readonly id: string }): readonly PagerdutyEvent[] => {
  const content = topicContent(message.text);
  switch (content.kind) {
    case 'alert':
      return alertEvents(content.document.alert);
    case 'alarm':
      return alarmEvents(content.alarm);
    case 'digest':
      return [];
    case 'text':
      return [textEvent(message)];
    default:
      return assertNever(content);
  }
};
