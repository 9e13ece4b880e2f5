import type { RunRecord } from '../../world/record.ts';
import { isPlain } from '../../world/record.ts';
import type { Invariant } from '../invariant.ts';
import type { Life } from '../life.ts';

const DAY_MS = 86_400_000;

/** The last days of the last, in which people are reminded. */
const LAST_MS = 3 * DAY_MS;

/** Names of tables that are gone and of which only copies are left, and when the last of these ends. */
const endingIn = (run: RunRecord, { copied }: Life): ReadonlyMap<string, number> => {
  const { backups, tables, vaults } = run.before;
  const there = new Set(tables.map(({ name }) => name));
  const atHome = new Set([
    ...vaults.points.filter(({ status }) => status === 'ready').map(({ table }) => table.name),
    ...backups.map(({ table }) => table.name),
  ]);
  const nameOf = new Map(copied.map(({ sourceArn, table }) => [sourceArn, table.name]));
  const ends = new Map<string, number>();
  for (const { deletesAt, sourceArn } of vaults.copies) {
    const name = nameOf.get(sourceArn);
    if (name === undefined || there.has(name) || atHome.has(name)) continue;
    ends.set(name, Math.max(deletesAt, ends.get(name) ?? 0));
  }
  return ends;
};

/** The last that is left of a deleted table never ends without a word: an audit that sees everything has it open in the last days. */
export const lastEndsTold: Invariant = (run, life) => {
  if (run.mode !== 'audit' || !isPlain(run) || run.report === undefined) return [];
  const open = new Set(run.report.openFindings.map(({ id }) => id));
  return [...endingIn(run, life)]
    .filter(([, at]) => at - run.before.at < LAST_MS && at > run.endedAt)
    .filter(([name]) => life.gone.tables.get(name)?.isForgotten === false)
    .filter(([name]) => !open.has(`lost-table-ending/${name}`))
    .map(
      ([name, at]) =>
        `the last copy of ${name}, which is gone, ends at ${new Date(at).toISOString()}, and nobody is told`,
    );
};
