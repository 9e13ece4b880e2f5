import type { Instant } from '../../model/instant.ts';
import type { GoneTable } from '../../model/memory.ts';
import type { Outcome } from '../../model/outcome.ts';

/** Counts what a run deleted of gone tables, by table. */
const deletedIn = (outcomes: readonly Outcome[]): ReadonlyMap<string, number> => {
  const done = outcomes.flatMap(({ action, status }) =>
    status === 'done' && action.kind === 'expire' && action.isOfGoneTable === true ? [action.table] : [],
  );
  return new Map([...Map.groupBy(done, (table) => table)].map(([table, all]) => [table, all.length]));
};

/** Notes in the records of gone tables what a run deleted of them, so that an audit can say who did and how many there were. */
export const withDeleted = (
  all: readonly GoneTable[] | undefined,
  outcomes: readonly Outcome[],
  at: Instant,
): readonly GoneTable[] | undefined => {
  const deleted = deletedIn(outcomes);
  if (deleted.size === 0) return all;
  return all?.map((gone) => {
    const count = deleted.get(gone.goneTable);
    if (count === undefined || gone.endedAt !== undefined) return gone;
    return { ...gone, deleted: { points: (gone.deleted?.points ?? 0) + count, at } };
  });
};
