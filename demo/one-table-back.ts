import { MINUTE_MS } from '../shared/model/instant.ts';
import { deleteTable } from '../sim/console/tables.ts';
import type { Paint } from './paint.ts';
import type { Stage } from './stage.ts';
import { typed } from './typed.ts';

const TABLE = 'orders';
const COMMAND = ['restore', TABLE, '--at', 'latest', '--as-replacement', '--yes'];

/** What of a plan is worth a line where one line must do for much. */
const TOLD = /^(?:Restore | {2}(?:from|gives) )/;

/** The first paragraph is what will be done, and two later ones are what came of it. */
const briefly = (text: string, isAll: boolean): readonly string[] => {
  const paragraphs = text.trim().split('\n\n');
  const end = paragraphs.findIndex((one) => one.startsWith(`${TABLE} is back`));
  if (isAll || end === -1) return paragraphs.join('\n').split('\n');
  const planned = (paragraphs[0] ?? '').split('\n').filter((line) => TOLD.test(line));
  return [
    ...planned,
    ...paragraphs
      .slice(end, end + 2)
      .join('\n')
      .split('\n'),
  ];
};

/** Loses a table for good, brings it back with one command, and returns what that printed. */
export const oneTableBack = async (
  stage: Stage,
  {
    policiesFile,
    isAll,
    paint,
  }: { readonly policiesFile: string; readonly isAll: boolean; readonly paint: Paint },
): Promise<readonly string[]> => {
  deleteTable(stage.account, TABLE);
  await stage.account.clock.advanceTo(stage.account.clock.now() + 2 * MINUTE_MS);
  const text = await typed(stage, [...COMMAND, '--policies', policiesFile]);
  return [
    `mallory deletes the table ${TABLE}, and somebody types`,
    `  ${paint.strong(['tablekeeper', ...COMMAND].join(' '))}`,
    ...briefly(text, isAll),
    'The simulated account restores as fast as empty tables were measured on AWS; AWS says at least 20 minutes.',
  ];
};
