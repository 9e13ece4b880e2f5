import type { TableStatus } from '../../shared/core/explain/status.ts';
import { headlineOf } from '../../shared/core/findings/headline.ts';
import { subscriberText } from '../../shared/core/text/subscriber.ts';
import { agoText, beganText, minuteText } from '../../shared/core/text/time.ts';
import { statusText, verdictSummary } from '../../shared/core/text/verdict.ts';
import { counted, singleLine } from '../../shared/core/text/words.ts';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import { failureText } from '../../shared/model/failure.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { VerdictStatus } from '../../shared/model/plan.ts';
import type { Status } from '../../shared/run/status.ts';
import { type Screen, severityTone, type Tone, verdictTone } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { findingsSummary, worstFirst } from './findings-text.ts';
import { headerLine, spaced } from './plan-text.ts';
import { verdictLines } from './verdict-text.ts';

type Block = readonly string[];

/** Findings in rows of their own before the rest is only counted: more is no screen any more. */
const MOST_FINDINGS = 20;

const NOBODY: Row = [{ text: 'nobody: no subscription of the topic is confirmed', tone: 'bad' }];

/** Whether somebody receives alerts; undefined where that could not be read. */
export const isSomebodyAlerted = ({ topic }: Pick<Status, 'topic'>): boolean | undefined => {
  if (topic.kind === 'unreadable') return undefined;
  return topic.kind === 'found' && topic.value.confirmed > 0;
};

const subscriberRows = ({ topic, subscribers: { items, gap } }: Status): readonly Row[] => {
  if (topic.kind === 'missing') return [[{ text: 'nobody: there is no alert topic', tone: 'bad' }]];
  const unread = topic.kind === 'unreadable' ? topic.failure : gap;
  const rows = items.map(
    (one): Row => [
      subscriberText(one),
      one.confirmed
        ? { text: 'confirmed', tone: 'good' }
        : { text: 'not confirmed, receives nothing', tone: 'warning' },
    ],
  );
  const counts: readonly Row[] =
    unread === undefined
      ? []
      : [[{ text: `who else could not be read: ${failureText(unread)}`, tone: 'warning' }]];
  const isNobody = topic.kind === 'found' && topic.value.confirmed === 0;
  return [...(isNobody ? [NOBODY] : []), ...rows, ...counts];
};

const FUNCTION_TONES: Readonly<Record<Diagnosis['status'], Tone>> = {
  fine: 'good',
  missing: 'bad',
  advised: 'warning',
  unneeded: 'muted',
  unknown: 'warning',
};

const functionRows = ({ functions, runs }: Status): readonly Row[] =>
  runs === undefined
    ? [[{ text: 'could not be read', tone: 'warning' }]]
    : functions.map(({ name, says, status }): Row => [name, { text: says, tone: FUNCTION_TONES[status] }]);

const ORDER: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown', 'protected'];

/** Sorts tables worst first, equals by name. */
export const worstTablesFirst = (tables: readonly TableStatus[]): readonly TableStatus[] =>
  tables.toSorted((a, b) => ORDER.indexOf(a.verdict.status) - ORDER.indexOf(b.verdict.status));

const HEADINGS: Row = ['TABLE', 'VERDICT', 'POLICY', 'POINTS', 'OLDEST', 'NEWEST'].map((text) => ({
  text,
  tone: 'muted',
}));

const tableRow = ({ verdict, policies, points }: TableStatus, now: Instant): Row => [
  verdict.table,
  { text: statusText(verdict.status), tone: verdictTone(verdict.status) },
  policies.join('+') || '-',
  String(points?.count ?? 0),
  points === undefined ? '-' : minuteText(points.oldest),
  points === undefined ? '-' : `${minuteText(points.newest)} (${agoText(points.newest, now)})`,
];

const tablesBlock = ({ tables, look }: Status, screen: Screen): Block => {
  const verdicts = tables.map(({ verdict }) => verdict);
  const rows = worstTablesFirst(tables).map((table) => tableRow(table, look.plan.plannedAt));
  return [
    verdictSummary(verdicts, (status, text) => screen.paint(verdictTone(status), text)),
    ...(rows.length === 0 ? [] : columns([HEADINGS, ...rows], '  ', screen)),
  ];
};

/** Formats why a table is not protected where no finding below says so. */
const reasonsBlock = ({ tables, findings }: Status, screen: Screen): Block => {
  const told = new Set(findings.map(({ table }) => table));
  const untold = tables.map(({ verdict }) => verdict).filter(({ table }) => !told.has(table));
  return verdictLines(untold, screen);
};

const findingsBlock = ({ findings, look }: Status, screen: Screen): Block => {
  const now = look.plan.plannedAt;
  const rest = findings.length - MOST_FINDINGS;
  const rows = worstFirst(findings)
    .slice(0, MOST_FINDINGS)
    .map(
      (finding): Row => [
        { text: finding.severity, tone: severityTone(finding.severity) },
        `${singleLine(headlineOf(finding))}, since ${minuteText(finding.since)} (${beganText(finding.since, now)})`,
      ],
    );
  return [
    findingsSummary(findings, screen),
    ...columns(rows, '  ', screen),
    ...(rest > 0 ? [`  and ${counted(rest, 'more', 'more')}`] : []),
  ];
};

/**
 * Formats one screen: who is alerted, when each function ran last, every table with its verdict and its
 * oldest and newest recovery point, and the findings, worst first.
 */
export const statusLines = (status: Status, instance: string, screen: Screen): readonly string[] => {
  const { paint } = screen;
  const hasMore = status.findings.length > 0;
  return spaced([
    [headerLine(status.look.plan, instance, screen)],
    [paint('strong', 'Alerts go to'), ...columns(subscriberRows(status), '  ', screen)],
    [paint('strong', 'Last runs'), ...columns(functionRows(status), '  ', screen)],
    tablesBlock(status, screen),
    reasonsBlock(status, screen),
    findingsBlock(status, screen),
    hasMore
      ? [
          paint(
            'muted',
            'What to do about each: npx tablekeeper plan. About one table: npx tablekeeper explain TABLE.',
          ),
        ]
      : [],
  ]);
};
