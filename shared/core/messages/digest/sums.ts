import { SEVERITIES } from '../../../model/finding.ts';
import { type Instant, isoInstant } from '../../../model/instant.ts';
import type { VerdictStatus } from '../../../model/plan.ts';
import { bytesText } from '../../text/bytes.ts';
import { ageText, agoText, utcText } from '../../text/time.ts';
import { verdictSummary } from '../../text/verdict.ts';
import { capped, counted, verb } from '../../text/words.ts';
import type { Digest } from './digest.ts';
import type { TableLine } from './table-line.ts';

/** The longest possible name, in characters. */
const NAME_CHARS = 255;

/** Counts tables by verdict: `3 tables opted in: 2 protected, 1 at risk.` */
export const standingText = ({ tables }: Digest): string =>
  verdictSummary(tables.map(({ table, status }) => ({ table, status, reason: '' })));

/**
 * Returns the day of the last digest as the end of a sentence: ` since 2026-11-16`. An empty text for the first one.
 */
export const sinceLast = ({ last }: Digest): string =>
  last === undefined ? '' : ` since ${isoInstant(last.sentAt).slice(0, 10)}`;

const growthText = (bytes: number, before: number | undefined, { last }: Digest): string => {
  if (before === undefined || last === undefined) return '';
  const day = isoInstant(last.sentAt).slice(0, 10);
  if (bytes === before) return `, as on ${day}`;
  return `, ${bytesText(Math.abs(bytes - before))} ${bytes > before ? 'more' : 'less'} than on ${day}`;
};

const sizeTexts = (digest: Digest): readonly string[] => {
  const { tableBytes, recoveryPointBytes, tables, last } = digest;
  const locked = tables.reduce((sum, { lockedPoints }) => sum + lockedPoints, 0);
  const points = tables.reduce((sum, { recoveryPoints }) => sum + recoveryPoints, locked);
  const lockedText =
    locked === 0 ? '' : `, ${locked.toLocaleString('en-US')} of them under a key that cannot be used`;
  return [
    tableBytes === undefined
      ? 'Tables: not all sizes could be read.'
      : `Tables: ${bytesText(tableBytes)}${growthText(tableBytes, last?.tableBytes, digest)}.`,
    `${counted(points, 'recovery point')}: ${bytesText(recoveryPointBytes)}${growthText(recoveryPointBytes, last?.recoveryPointBytes, digest)}${lockedText}.`,
  ];
};

interface Dated {
  readonly table: string;
  readonly at: Instant;
}

const earliest = (dated: readonly Dated[]): Dated | undefined =>
  dated.toSorted((a, b) => a.at - b.at || (a.table < b.table ? -1 : 1))[0];

const named = ({ table }: Dated): string => capped(table, NAME_CHARS);

/** Describes the oldest recovery point, and which table would lose most. */
const pointTexts = ({ tables }: Digest, now: Instant): readonly string[] => {
  const oldest = earliest(
    tables.flatMap(({ table, oldestAt: at }) => (at === undefined ? [] : [{ table, at }])),
  );
  const stalest = earliest(
    tables.flatMap(({ table, newestAt: at }) => (at === undefined ? [] : [{ table, at }])),
  );
  if (oldest === undefined || stalest === undefined) return [];
  return [
    `The oldest recovery point is of ${utcText(oldest.at)} (${agoText(oldest.at, now)}), of ${named(oldest)}.`,
    `Furthest behind is ${named(stalest)}: its newest recovery point is of ${utcText(stalest.at)} (${agoText(stalest.at, now)}).`,
  ];
};

const isPromised = ({ window }: TableLine): boolean => window.kind !== 'not-promised';

/** Describes the shortest restorable window among tables that have one. */
const windowTexts = ({ tables }: Digest, now: Instant): readonly string[] => {
  const promised = tables.filter(isPromised);
  if (promised.length === 0) return [];
  const open = promised.flatMap(({ table, window }) =>
    window.kind === 'open' ? [{ table, at: -window.earliestAt }] : [],
  );
  const shortest = earliest(open);
  const count = `Point-in-time recovery is on for ${open.length.toLocaleString('en-US')} of the ${counted(promised.length, 'table')} that ${verb(promised.length, 'is', 'are')} promised it`;
  return [
    shortest === undefined
      ? `${count}.`
      : `${count}; the shortest window, of ${named(shortest)}, reaches back ${ageText(now + shortest.at)}.`,
  ];
};

const openText = ({ openFindings }: Digest): string => {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: openFindings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0
    ? 'No finding is open.'
    : `${counted(openFindings.length, 'finding')} open: ${counts.map(({ severity, count }) => `${count} ${severity}`).join(', ')}.`;
};

/** Returns the sums as lines: verdicts, how far tables can be restored, total sizes, and what is open. */
export const sumTexts = (digest: Digest, now: Instant): readonly string[] => [
  standingText(digest),
  ...windowTexts(digest, now),
  ...pointTexts(digest, now),
  ...sizeTexts(digest),
  openText(digest),
];

/** The severity of each verdict. */
const SEVERITY_OF = {
  unprotected: 'critical',
  'at-risk': 'warning',
  unknown: 'warning',
  protected: undefined,
} as const satisfies Readonly<Record<VerdictStatus, string | undefined>>;

/** Returns the worst severity among the tables. Undefined when all are protected. */
export const standingSeverity = ({ tables }: Digest): 'critical' | 'warning' | undefined => {
  const severities = tables.map(({ status }) => SEVERITY_OF[status]);
  if (severities.includes('critical')) return 'critical';
  return severities.includes('warning') ? 'warning' : undefined;
};
