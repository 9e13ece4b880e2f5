import { bytesText } from '../../text/bytes.ts';
import { capped, counted, listed, verb } from '../../text/words.ts';
import type { Growth, TableGrowth } from './growth.ts';

/** How many tables to list, because only the largest changes matter for cost; the others are only counted. */
const MOST_TOLD = 5;

/** The longest possible name, in characters. */
const NAME_CHARS = 255;

const percentText = ({ bytes, bytesBefore }: TableGrowth): string => {
  if (bytesBefore === 0) return 'it was empty';
  const percent = Math.round((100 * Math.abs(bytes - bytesBefore)) / bytesBefore);
  return `${bytes > bytesBefore ? '+' : '-'}${percent.toLocaleString('en-US')} %`;
};

const changeText = (change: TableGrowth): string => {
  const { table, bytes, bytesBefore } = change;
  const manner = bytes > bytesBefore ? 'more' : 'less';
  const by = bytesText(Math.abs(bytes - bytesBefore));
  return `* ${capped(table, NAME_CHARS)}: ${by} ${manner}, ${bytesText(bytes)} now (${percentText(change)})`;
};

const changesTexts = (what: string, changes: readonly TableGrowth[]): readonly string[] => {
  const rest = changes.length - MOST_TOLD;
  if (changes.length === 0) return [];
  return [
    `${counted(changes.length, 'table')} ${what}${rest > 0 ? ', these most' : ''}:`,
    ...changes.slice(0, MOST_TOLD).map(changeText),
  ];
};

/**
 * Lists how tables grew and shrank since the last digest: the five that changed most of each, and which tables are new.
 * One line says when nothing changed.
 */
export const growthTexts = ({ grown, shrunk, added }: Growth): readonly string[] => {
  const lines = [
    ...changesTexts('grew', grown),
    ...changesTexts('shrank', shrunk),
    ...(added.length === 0
      ? []
      : [`${counted(added.length, 'table')} ${verb(added.length, 'is', 'are')} new: ${listed(added)}.`]),
  ];
  return lines.length === 0 ? ['No table grew or shrank.'] : lines;
};
