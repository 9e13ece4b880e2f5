import { assertNever } from '../../../model/errors.ts';
import type { Instant } from '../../../model/instant.ts';
import { bytesText } from '../../text/bytes.ts';
import { ageText, agoText, utcText } from '../../text/time.ts';
import { statusText } from '../../text/verdict.ts';
import { capped } from '../../text/words.ts';
import { wrapText } from '../../text/wrap.ts';
import type { RestorableWindow, TableLine } from './table-line.ts';

/** The longest possible name, in characters. */
const NAME_CHARS = 255;

const windowText = (window: RestorableWindow, now: Instant): string => {
  switch (window.kind) {
    case 'open':
      return `PITR: any second from ${utcText(window.earliestAt)} to ${utcText(window.latestAt)} (${agoText(window.latestAt, now)})`;
    case 'off':
      return 'PITR: off';
    case 'not-promised':
      return 'PITR: not promised';
    case 'not-read':
      return 'PITR: not read this time';
    default:
      return assertNever(window);
  }
};

const pointsText = (
  { recoveryPoints, recoveryPointBytes, oldestAt, newestAt }: TableLine,
  now: Instant,
): string => {
  if (oldestAt === undefined || newestAt === undefined) return 'Recovery points: none';
  return (
    `Recovery points: ${recoveryPoints.toLocaleString('en-US')} (${bytesText(recoveryPointBytes)}), newest ` +
    `${utcText(newestAt)} (${agoText(newestAt, now)}), oldest ${utcText(oldestAt)} (${agoText(oldestAt, now)})`
  );
};

const FROM: Readonly<Record<NonNullable<NonNullable<TableLine['drilled']>['proof']>['from'], string>> = {
  'point-in-time': 'by the second',
  'recovery-point': 'from a backup',
};

const expectedText = ({ expected }: TableLine): readonly string[] => {
  if (expected === undefined || expected.kind === 'unknown') return [];
  const { count, kind, longestMs, shortestMs } = expected;
  const [least, most] = [ageText(shortestMs), ageText(longestMs)];
  const whose = kind === 'like-size' ? ' of tables of such size' : '';
  return [`Restores: ${count}${whose} took ${least === most ? most : `${least} to ${most}`}`];
};

const drilledText = ({ drilled }: TableLine, now: Instant): readonly string[] => {
  if (drilled === undefined) return [];
  if (drilled.proof === undefined) return ['Drills: never proved'];
  const { at, level, from } = drilled.proof;
  return [`Drills: last proved ${utcText(at)} (${agoText(at, now)}), ${level} ${FROM[from]}`];
};

const headText = ({ table, status, policies, tableBytes }: TableLine): string => {
  const under = policies.length === 0 ? 'no policy' : capped(policies.join('+'), NAME_CHARS);
  const size = tableBytes === undefined ? 'size not read' : bytesText(tableBytes);
  return `* ${capped(table, NAME_CHARS)}: ${statusText(status)} (${under}, ${size})`;
};

/** Returns the lines of a table: its verdict, its recovery points, and what PITR can restore. */
export const digestTableLines = (line: TableLine, now: Instant): readonly string[] => [
  headText(line),
  pointsText(line, now),
  windowText(line.window, now),
  ...drilledText(line, now),
  ...expectedText(line),
];

/** Writes a table as a paragraph of a mail. */
export const digestTable = (line: TableLine, now: Instant): string =>
  digestTableLines(line, now)
    .flatMap((text, at) => wrapText(text, at === 0 ? '' : '  '))
    .join('\n');

/** Counts the tables that do not fit, by verdict: `12 at risk, 300 protected`. */
export const restCounts = (lines: readonly TableLine[]): string =>
  [...Map.groupBy(lines, ({ status }) => status)]
    .map(([status, ofStatus]) => `${ofStatus.length.toLocaleString('en-US')} ${statusText(status)}`)
    .join(', ');
