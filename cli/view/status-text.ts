import type { IfLost } from '../../shared/core/explain/if-lost.ts';
import type { TableStatus } from '../../shared/core/explain/status.ts';
import { headlineOf } from '../../shared/core/findings/headline.ts';
import { otherPricesText } from '../../shared/core/money/whose-prices.ts';
import {
  DOCTOR_COMMAND,
  explainCommand,
  PLAN_COMMAND,
  statusCommand,
} from '../../shared/core/text/commands.ts';
import { subscriberText } from '../../shared/core/text/subscriber.ts';
import { ageText, agoText, beganText, minuteText } from '../../shared/core/text/time.ts';
import { statusText, verdictSummary } from '../../shared/core/text/verdict.ts';
import { counted, quoted, singleLine } from '../../shared/core/text/words.ts';
import { advise, followedBy } from '../../shared/model/advice.ts';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { LegalHoldSummary } from '../../shared/model/picture.ts';
import type { VerdictStatus } from '../../shared/model/plan.ts';
import type { Status } from '../../shared/run/status.ts';
import { adviceLines } from './advice-text.ts';
import { type Screen, severityTone, type Tone, verdictTone } from './colour.ts';
import { type Cell, columns, type Row } from './columns.ts';
import { findingsSummary, worstFirst } from './findings-text.ts';
import { paragraph } from './paragraph.ts';
import { headerLine, spaced } from './plan-text.ts';
import { FROM, proofText } from './proof-text.ts';
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

const tablesBlock = ({ tables, now, origin }: Status, screen: Screen, asked?: string): Block => {
  if (tables.length === 0 && (origin.kind === 'none' || origin.kind === 'unreadable')) return [];
  if (tables.length === 0 && asked !== undefined)
    return [
      `${singleLine(asked)} does not opt in by its tag, or is gone: only findings are left of it here.`,
    ];
  const verdicts = tables.map(({ verdict }) => verdict);
  const rows = worstTablesFirst(tables).map((table) => tableRow(table, now));
  return [
    verdictSummary(verdicts, (status, text) => screen.paint(verdictTone(status), text)),
    ...(rows.length === 0 ? [] : columns([HEADINGS, ...rows], '  ', screen)),
  ];
};

const backCell = ({ back, isUnread }: IfLost, now: Instant): Cell => {
  if (back === undefined)
    return isUnread === true ? { text: 'not known', tone: 'warning' } : { text: 'nothing', tone: 'bad' };
  return `${minuteText(back.to)}${back.asOf === undefined ? '' : `, seen ${agoText(back.asOf, now)}`}`;
};

/** Never a number that nothing was measured for. It is short enough to keep the columns after it in their places. */
const timeCell = ({ expected }: IfLost): string => {
  if (expected.kind === 'unknown') return 'not known';
  const { count, longestMs, shortestMs } = expected;
  const [least, most] = [ageText(shortestMs), ageText(longestMs)];
  const range = least === most ? most : `${least} to ${most}`;
  return `${range} (${counted(count, 'restore')}${expected.kind === 'like-size' ? ' its size' : ''})`;
};

const costCell = ({ cost }: IfLost): string =>
  cost.kind === 'unknown' ? 'not known' : `$${cost.usd < 0.01 ? '0.01 or less' : cost.usd.toFixed(2)}`;

const proofCell = ({ proof }: IfLost, now: Instant): Cell =>
  proof === undefined ? { text: 'never', tone: 'muted' } : proofText(proof, now);

const LOST_HEADINGS: Row = ['TABLE', 'BACK TO', 'FROM', 'IN ABOUT', 'FOR ABOUT', 'LAST PROVED'].map(
  (text) => ({
    text,
    tone: 'muted',
  }),
);

/** The amounts stand in a column, which cannot say by whose prices each is. */
const pricesLine = ({ tables, target: { region } }: Status, screen: Screen): Block => {
  const isOfAnother = tables.some(
    ({ ifLost: { cost } }) => cost.kind === 'known' && cost.priceRegion !== region,
  );
  return isOfAnother ? paragraph(`FOR ABOUT is ${otherPricesText(region)}.`, '  ', screen) : [];
};

/** Formats what would become of each table if it were lost now. */
const lostBlock = (status: Status, screen: Screen): Block => {
  const { now, tables } = status;
  if (tables.length === 0) return [];
  const rows = worstTablesFirst(tables).map(
    ({ verdict, ifLost }): Row => [
      verdict.table,
      backCell(ifLost, now),
      ifLost.back === undefined ? '-' : FROM[ifLost.back.from],
      timeCell(ifLost),
      costCell(ifLost),
      proofCell(ifLost, now),
    ],
  );
  return [
    screen.paint('strong', 'If it were lost now'),
    ...columns([LOST_HEADINGS, ...rows], '  ', screen),
    ...pricesLine(status, screen),
  ];
};

/** Formats why a table is not protected where no finding below says so. */
const reasonsBlock = ({ tables, findings }: Status, screen: Screen): Block => {
  const told = new Set(findings.map(({ table }) => table));
  const untold = tables.map(({ verdict }) => verdict).filter(({ table }) => !told.has(table));
  return verdictLines(untold, screen);
};

const holdText = ({ recoveryPoints, tables, title }: LegalHoldSummary): string =>
  `  ${quoted(title)} keeps ${counted(recoveryPoints, 'recovery point')} of ${counted(tables.length, 'table')}`;

/** Formats which legal holds keep recovery points, whatever the policies say. */
const holdsBlock = ({ legalHolds }: Status, screen: Screen): Block =>
  legalHolds.length === 0 ? [] : [screen.paint('strong', 'Legal holds'), ...legalHolds.map(holdText)];

/** Findings are in the state table: where it could not be read, that none is shown says nothing. */
const unreadBlock = ({ gaps }: Status, { paint }: Screen): Block =>
  gaps.some(({ facet }) => facet === 'memory')
    ? [paint('warning', 'Findings of earlier runs are not known: the state table could not be read.')]
    : [];

const findingsBlock = (status: Status, screen: Screen): Block => {
  const { findings, now } = status;
  const unread = unreadBlock(status, screen);
  if (findings.length === 0 && unread.length > 0) return unread;
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
    ...unread,
  ];
};

const lookNow = (tone: Tone, says: string, screen: Screen): Block => [
  ...paragraph(screen.paint(tone, says), '', screen),
  ...adviceLines(advise('To look now:', statusCommand('--live')), '', screen),
];

/** Formats how old what follows is, and what to do where it is too old. */
const originBlock = ({ now, origin }: Status, screen: Screen): Block => {
  switch (origin.kind) {
    case 'live':
      return [];
    case 'unreadable':
      return lookNow('warning', 'Nobody knows how tables stand: the state table could not be read.', screen);
    case 'audit': {
      const when = `${minuteText(origin.at)} (${agoText(origin.at, now)})`;
      return lookNow('muted', `Tables as the audit of ${when} saw them, findings as of now.`, screen);
    }
    case 'too-old': {
      const when = `${minuteText(origin.at)} (${agoText(origin.at, now)})`;
      return [
        ...lookNow('warning', `The last audit is of ${when}: nobody knows how tables stand.`, screen),
        ...adviceLines(advise('Why no audit ran:', DOCTOR_COMMAND), '', screen),
      ];
    }
    case 'none':
      return lookNow(
        'warning',
        'No audit has kept what it saw of tables: the first one, within 6 hours, does.',
        screen,
      );
    default:
      return assertNever(origin);
  }
};

/**
 * Formats one screen: who is alerted, when each function ran last, every table with its verdict and its
 * oldest and newest recovery point, and the findings, worst first; or one table that was asked for.
 */
export const statusLines = (
  status: Status,
  instance: string,
  screen: Screen,
  asked?: string,
): readonly string[] => {
  const { paint } = screen;
  const hasMore = status.findings.length > 0;
  return spaced([
    [headerLine({ target: status.target, plannedAt: status.now }, instance, screen)],
    [paint('strong', 'Alerts go to'), ...columns(subscriberRows(status), '  ', screen)],
    [paint('strong', 'Last runs'), ...columns(functionRows(status), '  ', screen)],
    originBlock(status, screen),
    tablesBlock(status, screen, asked),
    lostBlock(status, screen),
    holdsBlock(status, screen),
    reasonsBlock(status, screen),
    findingsBlock(status, screen),
    hasMore
      ? adviceLines(
          followedBy(
            advise('What to do about each:', PLAN_COMMAND),
            advise('About one table:', explainCommand('TABLE')),
          ),
          '',
          screen,
        )
      : [],
  ]);
};
