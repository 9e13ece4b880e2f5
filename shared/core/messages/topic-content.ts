import type { AlertDocument, NewsKind } from '../../model/alert-message.ts';
import type { DigestDocument } from '../../model/digest-message.ts';
import { SEVERITIES } from '../../model/finding.ts';
import { isZoneName } from '../calendar/zone-name.ts';

/** What CloudWatch publishes when an alarm changes its state, as far as people need it. */
export interface AlarmNotice {
  readonly name: string;
  readonly state: string;
  readonly reason?: string | undefined;
  readonly description?: string | undefined;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly changedAt?: string | undefined;
}

/** What a message on the topic turned out to be. */
export type TopicContent =
  | { readonly kind: 'alert'; readonly document: AlertDocument }
  | { readonly kind: 'digest'; readonly document: DigestDocument }
  | { readonly kind: 'alarm'; readonly alarm: AlarmNotice }
  | { readonly kind: 'text' };

type Fields = Readonly<Record<string, unknown>>;

const KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];

/** Outside these, dates cannot be written. */
const LATEST = 8_640_000_000_000_000;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNothing = (value: unknown): boolean => value === undefined || isText(value);
const isCountOrNothing = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && Number(value) > 0);
const isInstant = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= LATEST;
const isInstantOrNothing = (value: unknown): boolean => value === undefined || isInstant(value);
const isSeverity = (value: unknown): boolean => SEVERITIES.some((severity) => severity === value);
const isSeverityOrNothing = (value: unknown): boolean => value === undefined || isSeverity(value);

const isFinding = (value: unknown): boolean =>
  isFields(value) &&
  [value.id, value.kind, value.fact, value.advice].every(isText) &&
  [value.table, value.policy, value.cause].every(isTextOrNothing) &&
  [value.count, value.tables].every(isCountOrNothing) &&
  isSeverity(value.severity) &&
  isSeverityOrNothing(value.toldSeverity) &&
  isInstant(value.since) &&
  [value.openedAt, value.resolvedAt].every(isInstantOrNothing);

const isLeftOut = (value: unknown): boolean =>
  isFields(value) &&
  KINDS.some((kind) => kind === value.kind) &&
  isSeverity(value.severity) &&
  Number.isSafeInteger(value.count);

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem);

/** Where a message comes from, and when it left. */
const isSent = (value: Fields): boolean =>
  isText(value.instance) &&
  isFields(value.target) &&
  [value.target.accountId, value.target.region].every(isText) &&
  [value.runId, value.logLink].every(isTextOrNothing) &&
  isInstant(value.sentAt);

/** A zone that this platform does not know could not be told the time of. */
const isZoneOrNothing = (value: unknown): boolean =>
  value === undefined || (isText(value) && isZoneName(value));

const isAlert = (value: unknown): boolean =>
  isFields(value) &&
  isSent(value) &&
  isZoneOrNothing(value.timezone) &&
  KINDS.every((kind) => isListOf(value[kind], isFinding)) &&
  isListOf(value.leftOut, isLeftOut);

const isSection = (value: unknown): boolean =>
  isFields(value) &&
  isText(value.title) &&
  isSeverityOrNothing(value.severity) &&
  isListOf(value.lines, isText);

const isDigest = (value: unknown): boolean =>
  isFields(value) && isSent(value) && isListOf(value.sections, isSection);

/** A document of ours, of the one version there is. */
const documentOf = (value: Fields): TopicContent | undefined => {
  if (value.version !== 1 || !isText(value.subject)) return undefined;
  if (isAlert(value.alert)) return { kind: 'alert', document: value as unknown as AlertDocument };
  if (isDigest(value.digest)) return { kind: 'digest', document: value as unknown as DigestDocument };
  return undefined;
};

const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined);

/** @see https://github.com/aws/aws-lambda-go/blob/main/events/testdata/cloudwatch-alarm-sns-payload-single-metric.json (checked 2026-11-23) */
const alarmOf = (value: Fields): AlarmNotice | undefined => {
  const { AlarmName: name, NewStateValue: state } = value;
  if (!isText(name) || !isText(state)) return undefined;
  return {
    name,
    state,
    reason: textOf(value.NewStateReason),
    description: textOf(value.AlarmDescription),
    accountId: textOf(value.AWSAccountId),
    region: textOf(value.Region),
    changedAt: textOf(value.StateChangeTime),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether CloudWatch says that an alarm which it just made is OK: every new alarm does, and nothing was wrong before. */
export const isFirstOk = (text: string): boolean => {
  const value = parsed(text);
  return isFields(value) && value.NewStateValue === 'OK' && value.OldStateValue === 'INSUFFICIENT_DATA';
};

/**
 * Given the text of a message on the topic, returns what it is: an alert or a digest of ours, an alarm of CloudWatch, or anything else. At the edge a
 * document that is not whole is anything else: it is shown as it came, and never lost.
 */
export const topicContent = (text: string): TopicContent => {
  const value = parsed(text);
  if (!isFields(value)) return { kind: 'text' };
  const document = documentOf(value);
  if (document !== undefined) return document;
  const alarm = alarmOf(value);
  return alarm === undefined ? { kind: 'text' } : { kind: 'alarm', alarm };
};
