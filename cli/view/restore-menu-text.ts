import type { NameView } from '../../shared/core/restore/choice.ts';
import { type MenuOption, MOST_OFFERED, menuOptions } from '../../shared/core/restore/menu.ts';
import { awayText, type Reader, spanText } from '../../shared/core/restore/moment-text.ts';
import { counted } from '../../shared/core/text/words.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { leftText, makerText, sizeText, whereText } from './restore-option-text.ts';
import { bothClocks } from './restore-possible-text.ts';

/** What is asked below the list. */
export const MENU_QUESTION =
  'Which one? A number, a time (2026-11-20T10:00Z), a span (2h), an ARN, or nothing to stop: ';

/** What is asked below a plan. */
export const AGREE_QUESTION = 'Restore it so? [y/N] ';

const ofEarlier = (tableId: string, { incarnations }: NameView): string =>
  tableId === incarnations.at(-1)?.tableId ? '' : `of the earlier table ${tableId}`;

const optionRow = (option: MenuOption, number: number, view: NameView, { zone, now }: Reader): Row => {
  if (option.kind === 'latest') {
    const { from, to } = option.window;
    const note = `the newest second; any one since ${bothClocks(from, zone)} can be typed`;
    return [`${number}.`, bothClocks(to, zone), `${spanText(now - to)} ago`, 'point in time', '', note];
  }
  const { point } = option;
  const notes = [
    ...(point.expiresAt === undefined ? [] : [leftText(point.expiresAt, now)]),
    ...(point.vault?.isCold === true ? ['takes hours longer'] : []),
    ofEarlier(point.tableId, view),
  ].filter((text) => text !== '');
  return [
    `${number}.`,
    bothClocks(Math.floor(point.createdAt / 1_000) * 1_000, zone),
    awayText(point.createdAt, now),
    [makerText(point.madeBy), ...(point.vault === undefined ? [] : [whereText(point, view.target)])].join(
      ', ',
    ),
    sizeText(point.sizeBytes),
    notes.join(', '),
  ];
};

/** Formats the numbered list that a person chooses from as lines. */
export const menuLines = (view: NameView, reader: Reader, screen: Screen): readonly string[] => {
  const options = menuOptions(view);
  const rest = options.length - MOST_OFFERED;
  const rows = options
    .slice(0, MOST_OFFERED)
    .map((option, index) => optionRow(option, index + 1, view, reader));
  return [
    ...columns(rows, '  ', screen),
    ...(rest > 0 ? [`  and ${counted(rest, 'older one')}, by time or ARN`] : []),
  ];
};
