import { assertNever } from '../../../model/errors.ts';
import type { Instant } from '../../../model/instant.ts';
import type { IfLost, Proof } from '../../explain/if-lost.ts';
import { bytesText } from '../../text/bytes.ts';
import { ageText, agoText, utcText } from '../../text/time.ts';
import { statusText } from '../../text/verdict.ts';
import { withheldText } from '../../text/withheld.ts';
import { capped, counted } from '../../text/words.ts';
import { wrapText } from '../../text/wrap.ts';
import type { RestorableWindow, TableLine } from './table-line.ts';

/** The longest possible name, in characters. */
const NAME_CHARS = 255;

const countOf = (count: number): string => count.toLocaleString('en-US');

const windowText = (window: RestorableWindow, now: Instant): string => {
  switch (window.kind) {
    case 'open':
      return `PITR: any second from ${utcText(window.earliestAt)} to ${utcText(window.latestAt)} (${agoText(window.latestAt, now)})`;
    case 'withheld':
      return `PITR: on, and no second can be restored, because ${withheldText(window.why)}`;
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

const LOCKED = 'under a key that cannot be used';

const copiesText = ({ copies }: TableLine, now: Instant): string => {
  if (copies === undefined) return '';
  const { count, createdAt, region, vault } = copies;
  return `; ${counted(count, 'copy', 'copies')} in other vaults, newest ${utcText(createdAt)} (${agoText(createdAt, now)}) in ${vault} in ${region}`;
};

const countText = ({ lockedPoints, recoveryPointBytes, recoveryPoints }: TableLine): string => {
  if (recoveryPoints + lockedPoints === 0) return 'none';
  const restorable = recoveryPoints === 0 ? 'none that can be restored' : countOf(recoveryPoints);
  const locked = lockedPoints === 0 ? '' : `, ${countOf(lockedPoints)} ${LOCKED}`;
  return `${restorable}${locked} (${bytesText(recoveryPointBytes)})`;
};

const pointsText = (line: TableLine, now: Instant): string => {
  const { newestAt, oldestAt } = line;
  const dates =
    oldestAt === undefined || newestAt === undefined
      ? ''
      : `, newest ${utcText(newestAt)} (${agoText(newestAt, now)}), oldest ${utcText(oldestAt)} (${agoText(oldestAt, now)})`;
  return `Recovery points: ${countText(line)}${dates}${copiesText(line, now)}`;
};

const FROM: Readonly<Record<Proof['from'], string>> = {
  'point-in-time': 'by the second',
  'recovery-point': 'from a backup',
};

const sourceText = ({ copyIn, from }: NonNullable<IfLost['back']>): string =>
  copyIn === undefined ? FROM[from] : `from a copy in ${copyIn}`;

const timeText = ({ expected }: IfLost): string => {
  if (expected.kind === 'unknown') return 'in a time that is not known';
  const { count, kind, longestMs, shortestMs } = expected;
  const [least, most] = [ageText(shortestMs), ageText(longestMs)];
  const whose = kind === 'like-size' ? ' of tables of such size' : '';
  return `in about ${least === most ? most : `${least} to ${most}`} (${counted(count, 'restore')}${whose})`;
};

const costText = ({ cost }: IfLost): string =>
  cost.kind === 'unknown'
    ? 'at a price that is not known'
    : `for about $${cost.usd < 0.01 ? '0.01 or less' : cost.usd.toFixed(2)}`;

const proofText = ({ proof }: IfLost, now: Instant): string =>
  proof === undefined
    ? 'never proved'
    : `last proved ${utcText(proof.at)} (${agoText(proof.at, now)}), ${proof.level} ${FROM[proof.from]}`;

/** The same as a status says it, on one line. */
const lossText = ({ ifLost }: TableLine, now: Instant): string => {
  const { back, isUnread } = ifLost;
  if (back === undefined)
    return `If lost now: ${isUnread === true ? 'not known what comes back' : 'nothing comes back'}; ${proofText(ifLost, now)}`;
  return `If lost now: back to ${utcText(back.to)} ${sourceText(back)}, ${timeText(ifLost)}, ${costText(ifLost)}; ${proofText(ifLost, now)}`;
};

const headText = ({ table, status, policies, tableBytes }: TableLine): string => {
  const under = policies.length === 0 ? 'no policy' : capped(policies.join('+'), NAME_CHARS);
  const size = tableBytes === undefined ? 'size not read' : bytesText(tableBytes);
  return `* ${capped(table, NAME_CHARS)}: ${statusText(status)} (${under}, ${size})`;
};

/** Returns the lines of a table: its verdict, its recovery points, what PITR can restore, and what would become of the table. */
export const digestTableLines = (line: TableLine, now: Instant): readonly string[] => [
  headText(line),
  pointsText(line, now),
  windowText(line.window, now),
  lossText(line, now),
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
