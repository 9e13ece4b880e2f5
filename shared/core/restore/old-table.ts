import type { RestoreRecord } from '../../model/restore.ts';
import type { NameView } from './choice.ts';

/**
 * How the table that is made stands to the one whose name its source has, which decides what becomes of whatever points at that. `beside`: both are
 * there, and a cut-over moves it · `own-name`: it has the name, and is found by it · `gone`: no table has the name · `elsewhere`: it is made in
 * another Region.
 */
export type OldTable = 'beside' | 'own-name' | 'gone' | 'elsewhere';

type Made = Pick<RestoreRecord, 'targetRegion' | 'targetTable'>;

/** Says how the table that is made stands to the old one. Where nobody could look, the old one counts as there. */
export const oldTableOf = (view: NameView, { targetTable, targetRegion }: Made): OldTable => {
  if (targetRegion !== view.target.region) return 'elsewhere';
  if (targetTable === view.table) return 'own-name';
  const isThere =
    view.incarnations.some(({ state }) => state === 'standing') ||
    view.unseen.some(({ part }) => part === 'table');
  return isThere ? 'beside' : 'gone';
};
