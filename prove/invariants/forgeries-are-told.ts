import { forgeriesIn } from '../truth/genuine.ts';
import { mutedIn } from '../truth/mutes.ts';
import type { Own } from '../truth/own.ts';
import { type Stream, streamsIn } from '../truth/streams.ts';
import { isPlain, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';

/** A list may show a backup a minute late. */
const LAG_MS = 2 * 60_000;

type Said = Pick<RunRecord['told'][number]['alert']['opened'][number], 'id' | 'kind' | 'fact' | 'count'>;

/** Of several tables as one only the names of the tables are told, and of names from the future one for each table. */
const isAbout = (
  { id, kind, fact, count }: Said,
  { table, policy }: Stream,
  { slot, backup }: Own,
): boolean => {
  if (kind === 'from-the-future') return slot > backup.createdAt && fact.includes(`${table.name}: `);
  if (kind !== 'unscheduled-recovery-points') return false;
  return count === undefined ? id === `${kind}/${table.name}/${policy.name}` : fact.includes(table.name);
};

const saidBy = ({ told }: RunRecord): readonly Said[] =>
  told.flatMap(({ alert }) => [...alert.opened, ...alert.worsened, ...alert.reminders]);

/** What of a stream people hear of in this run: a report of a table names what was seen of it. */
const heardOf = (run: RunRecord, stream: Stream): readonly Own[] => {
  const said = saidBy(run);
  if (said.length === 0) return [];
  return forgeriesIn(run.later, stream, run.endedAt).filter((point) =>
    said.some((one) => isAbout(one, stream, point)),
  );
};

/** A name that no schedule asked for is told, for its table, by the first audit that could see it at the latest: also where others of that table were told before. */
export const forgeriesAreTold: Invariant = (run, { forgedTold }) => {
  const { report, before, mode, tagsMoved } = run;
  if (before.forged.size === 0 || mode !== 'audit' || report === undefined || !isPlain(run) || tagsMoved)
    return [];
  const muted = mutedIn(run);
  return streamsIn(before).flatMap((stream) => {
    if (muted.has(stream.table.name)) return [];
    const heard = new Set(heardOf(run, stream).map(({ backup }) => backup.arn));
    const untold = forgeriesIn(before, stream, before.at - LAG_MS).filter(
      ({ backup: { arn } }) => !forgedTold.has(arn) && !heard.has(arn),
    );
    const { name } = stream.table;
    return untold.length === 0
      ? []
      : [
          `${untold.length} forged names of ${name} are there, such as ${untold[0]?.backup.name}, and nobody was told`,
        ];
  });
};

/** A run is past, and people heard of what it told them. */
export const watchForgeries = ({ forgedTold }: Life, run: RunRecord): void => {
  if (run.before.forged.size === 0) return;
  for (const stream of streamsIn(run.before))
    for (const { backup } of heardOf(run, stream)) forgedTold.add(backup.arn);
};
