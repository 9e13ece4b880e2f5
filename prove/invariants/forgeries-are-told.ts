import { allSeriesIn } from '../truth/all-series.ts';
import { forgeriesIn } from '../truth/genuine.ts';
import { mutedIn } from '../truth/mutes.ts';
import { type Own, ownIn } from '../truth/own.ts';
import { isPlain, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';

/** A list may show a backup a minute late. */
const LAG_MS = 2 * 60_000;

type Said = Pick<RunRecord['told'][number]['alert']['opened'][number], 'id' | 'kind' | 'fact' | 'count'>;

/** In a report of several tables as one only the names of the tables appear, and of names from the future one for each table. */
const isAbout = ({ id, kind, fact, count }: Said, { policy, slot, backup }: Own): boolean => {
  const { name } = backup.table;
  if (kind === 'from-the-future') return slot > backup.createdAt && fact.includes(`${name}: `);
  if (kind !== 'unscheduled-recovery-points') return false;
  return count === undefined ? id === `${kind}/${name}/${policy}` : fact.includes(name);
};

const saidBy = ({ told }: RunRecord): readonly Said[] =>
  told.flatMap(({ alert }) => [...alert.opened, ...alert.worsened, ...alert.reminders]);

/** What is reported in this run, whatever its tables' tags were when it began: a report of a table names what was seen of it. */
const heardOf = (run: RunRecord): readonly string[] => {
  const said = saidBy(run);
  if (said.length === 0) return [];
  return ownIn(run.later)
    .filter((point) => said.some((one) => isAbout(one, point)))
    .map(({ backup }) => backup.arn);
};

/**
 * A name that no schedule asked for is reported, for its table, at the latest by the first audit that could see it, even if others of that table were
 * reported before.
 */
export const forgeriesAreTold: Invariant = (run, { forgedTold }) => {
  const { report, before, mode, tagsMoved } = run;
  if (before.forged.size === 0 || mode !== 'audit' || report === undefined || !isPlain(run) || tagsMoved)
    return [];
  const [muted, heard] = [mutedIn(run), new Set(heardOf(run))];
  return allSeriesIn(before).flatMap((series) => {
    if (muted.has(series.table.name)) return [];
    const untold = forgeriesIn(before, series, before.at - LAG_MS).filter(
      ({ backup: { arn } }) => !forgedTold.has(arn) && !heard.has(arn),
    );
    const { name } = series.table;
    return untold.length === 0
      ? []
      : [
          `${untold.length} forged names of ${name} are there, such as ${untold[0]?.backup.name}, and nobody was alerted`,
        ];
  });
};

/** Records that a run is past and what it reported is known. */
export const watchForgeries = ({ forgedTold }: Life, run: RunRecord): void => {
  if (run.before.forged.size === 0) return;
  for (const arn of heardOf(run)) forgedTold.add(arn);
};
