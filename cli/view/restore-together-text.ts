import type { Chosen } from '../../shared/core/restore/choice.ts';
import { spanText } from '../../shared/core/restore/moment-text.ts';
import { counted } from '../../shared/core/text/words.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { paragraph } from './paragraph.ts';
import { becauseText } from './restore-plan-text.ts';

/** What is asked where several tables do not come back as of one second. */
export const APART_QUESTION = 'Restore them so, although they are not of one second? [y/N] ';

/** Formats the second of each table and the largest gap, where several tables cannot come back as of one second. */
export const apartLines = (
  { choices, largestGapMs }: { readonly choices: readonly Chosen[]; readonly largestGapMs: number },
  screen: Screen,
): readonly string[] => [
  ...paragraph(
    `${counted(choices.length, 'table')} that cannot come back as of one second; the largest gap between them is ${spanText(largestGapMs)}:`,
    '',
    screen,
  ),
  ...columns(
    choices.map((choice): Row => [choice.source.table, isoInstant(choice.at), becauseText(choice)]),
    '  ',
    screen,
  ),
];
