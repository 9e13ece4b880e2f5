import { isWrittenAdvice, readAdvice } from '../../model/advice.ts';
import type {
  AlertDocument,
  AlertMessage,
  LeftOut,
  NewsKind,
  ToldFinding,
} from '../../model/alert-message.ts';
import type { DigestDocument, DigestMessage, DigestSection } from '../../model/digest-message.ts';
import { SEVERITIES } from '../../model/finding.ts';
import {
  type Fields,
  isFields,
  isNumber,
  isText,
  listOf,
  narrowed,
  oneOf,
  optional,
  parsedJson,
  shape,
} from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import { isZoneName } from '../calendar/zone.ts';

/** A message on the topic. */
export interface TopicText {
  /** Empty where the publisher gave none. */
  readonly subject: string;
  readonly text: string;
  /** When SNS got it, as ISO 8601; absent where the event does not say. */
  readonly publishedAt?: string | undefined;
}

/** What CloudWatch publishes when an alarm changes its state, as far as readers need it. */
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

const KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];

/** The largest time that can be written as a date, in milliseconds either side of 1970. */
const LATEST = 8_640_000_000_000_000;

const isInstant = narrowed(isNumber, (at) => Math.abs(at) <= LATEST);
const isWhole = narrowed(isNumber, Number.isSafeInteger);
const isCount = narrowed(isWhole, (count) => count > 0);
const isSeverity = oneOf(...SEVERITIES);

/** Checks for a zone that this platform knows, because it could not show times in another. */
const isZone = narrowed(isText, isZoneName);

/** Checks the fields of a finding that messages are made of; others are ignored. */
const isFinding = shape<Omit<ToldFinding, 'measured' | 'promised'>>({
  id: isText,
  kind: isText,
  severity: isSeverity,
  fact: isText,
  advice: isWrittenAdvice,
  since: isInstant,
  table: optional(isText),
  policy: optional(isText),
  cause: optional(isText),
  count: optional(isCount),
  tables: optional(isCount),
  toldSeverity: optional(isSeverity),
  openedAt: optional(isInstant),
  repairedAt: optional(isInstant),
  resolvedAt: optional(isInstant),
  headline: optional(isText),
  incidents: optional(listOf(isText)),
});

const isLeftOut = shape<LeftOut>({ kind: oneOf(...KINDS), severity: isSeverity, count: isWhole });

/** The origin of a message, and when it was sent. */
const ORIGIN = {
  instance: isText,
  policyTag: optional(isText),
  target: shape<Target>({ accountId: isText, region: isText, partition: optional(isText) }),
  runId: optional(isText),
  logLink: optional(isText),
  findingsPage: optional(isText),
  sentAt: isInstant,
};

const isAlert = shape<AlertMessage>({
  ...ORIGIN,
  timezone: optional(isZone),
  opened: listOf(isFinding),
  worsened: listOf(isFinding),
  reminders: listOf(isFinding),
  resolved: listOf(isFinding),
  leftOut: listOf(isLeftOut),
});

const isSection = shape<DigestSection>({
  title: isText,
  severity: optional(isSeverity),
  lines: listOf(isText),
});

const isDigest = shape<DigestMessage>({ ...ORIGIN, sections: listOf(isSection) });

const isAlertDocument = shape<AlertDocument>({ version: oneOf(1), subject: isText, alert: isAlert });
const isDigestDocument = shape<DigestDocument>({ version: oneOf(1), subject: isText, digest: isDigest });
const isAlarm = shape<AlarmDocument>({ AlarmName: isText, NewStateValue: isText });

const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined);

/** @see https://github.com/aws/aws-lambda-go/blob/main/events/testdata/cloudwatch-alarm-sns-payload-single-metric.json (checked 2026-11-23) */
type AlarmDocument = Fields & { readonly AlarmName: string; readonly NewStateValue: string };

const noticeOf = (alarm: AlarmDocument): AlarmNotice => ({
  name: alarm.AlarmName,
  state: alarm.NewStateValue,
  reason: textOf(alarm.NewStateReason),
  description: textOf(alarm.AlarmDescription),
  accountId: textOf(alarm.AWSAccountId),
  region: textOf(alarm.Region),
  changedAt: textOf(alarm.StateChangeTime),
});

/** Checks whether CloudWatch reports that a new alarm is OK: every new alarm does, and nothing was wrong before. */
export const isFirstOk = (text: string): boolean => {
  const value = parsedJson(text);
  return isFields(value) && value.NewStateValue === 'OK' && value.OldStateValue === 'INSUFFICIENT_DATA';
};

const withAdvice = (findings: readonly ToldFinding[]): readonly ToldFinding[] =>
  findings.map((finding) => ({ ...finding, advice: readAdvice(finding.advice) }));

/** Converts an alert published by an older version into the present form. */
const asToday = ({ alert, ...document }: AlertDocument): AlertDocument => ({
  ...document,
  alert: {
    ...alert,
    opened: withAdvice(alert.opened),
    worsened: withAdvice(alert.worsened),
    reminders: withAdvice(alert.reminders),
    resolved: withAdvice(alert.resolved),
  },
});

/**
 * Determines what a message on the topic is: an alert or a digest of Tablekeeper, a CloudWatch alarm, or anything else.
 * An incomplete document is anything else: it is shown as it came, and never lost.
 */
export const topicContent = (text: string): TopicContent => {
  const value = parsedJson(text);
  if (isAlertDocument(value)) return { kind: 'alert', document: asToday(value) };
  if (isDigestDocument(value)) return { kind: 'digest', document: value };
  return isAlarm(value) ? { kind: 'alarm', alarm: noticeOf(value) } : { kind: 'text' };
};
