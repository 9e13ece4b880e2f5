import type { Target } from '../../model/target.ts';
import type { SettingsHints } from '../../ports/restore.ts';
import { changeEntries } from './changes.ts';
import type { Place, StateTable } from './items.ts';

/** The partition with the newest manifest of each incarnation, and the hints: an audit reads both with one query. */
export const headsOf = ({ accountId, region }: Target): string => `manifest-head#${accountId}#${region}`;

/** Where the hint of a table stands: no incarnation has an empty id. */
export const hintAt = (target: Target, table: string): Place => ({ pk: headsOf(target), sk: `${table}#` });

/** Creates the hints about settings of one target in a state table. */
export const createSettingsHints = (state: StateTable, target: Target): SettingsHints => ({
  add: (hints) =>
    changeEntries(state, {
      put: hints.map((hint) => ({ ...hintAt(target, hint.table), content: hint })),
    }),
});
