import { allSeriesIn, type Series, slotOf } from '../truth/all-series.ts';
import { originOf } from '../truth/names.ts';
import type { Made, RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const seriesOf = (run: RunRecord, { tableId, name }: Made): Series | undefined =>
  allSeriesIn(run.before).find(
    (series) => series.table.id === tableId && series.policy.name === originOf(name)?.policy,
  );

/** What is made is of a governed table, and of the latest slot as the run's clock had it. */
const madeInVain = (run: RunRecord): readonly string[] =>
  run.made.flatMap((made) => {
    const series = seriesOf(run, made);
    if (series === undefined)
      return [`${made.name} of ${made.tableName} was made, and nothing governs it so`];
    const slots = [run.before.at, run.endedAt].map((instant) => slotOf(series, instant + run.skewMs));
    return slots.includes(originOf(made.name)?.slot ?? Number.NaN)
      ? []
      : [`${made.name} of ${made.tableName} was made, and the latest slot is another`];
  });

/** The same of what AWS Backup was asked for: into the vault that the policy names. */
const begunInVain = (run: RunRecord): readonly string[] =>
  run.begun.flatMap(({ job, policy, slot, tableId }) => {
    const said = `a job for ${job.tableName} under ${policy} was begun`;
    const series = allSeriesIn(run.before).find(
      ({ policy: { name }, table }) => table.id === tableId && name === policy,
    );
    if (series === undefined) return [`${said}, and nothing governs it so`];
    if (series.policy.vault?.name !== job.vaultName) return [`${said} into another vault than its own`];
    const slots = [run.before.at, run.endedAt].map((instant) => slotOf(series, instant + run.skewMs));
    return slots.includes(slot) ? [] : [`${said}, and the latest slot is another`];
  });

export const dueIsMade: Invariant = (run) => [...madeInVain(run), ...begunInVain(run)];
