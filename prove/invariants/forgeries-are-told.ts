import { forgeriesIn } from '../truth/genuine.ts';
import { streamsIn } from '../truth/streams.ts';
import { isPlain } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** The kinds that tell of names which no schedule asked for. */
const KINDS: readonly string[] = ['unscheduled-recovery-points', 'from-the-future'];

/** A list may show a backup a minute late. */
const LAG_MS = 2 * 60_000;

/** A name that no schedule asked for is known, for its table, after the first audit that could see it. */
export const forgeriesAreTold: Invariant = (run) => {
  const { report, before, mode, tagsMoved } = run;
  if (before.forged.size === 0 || mode !== 'audit' || report === undefined || !isPlain(run) || tagsMoved)
    return [];
  const known = report.openFindings.filter(({ kind }) => KINDS.includes(kind));
  return streamsIn(before).flatMap((stream) => {
    const forgeries = forgeriesIn(before, stream, before.at - LAG_MS);
    const { name } = stream.table;
    const isTold = known.some((finding) => finding.table === name || finding.fact.includes(name));
    return forgeries.length === 0 || isTold
      ? []
      : [
          `${forgeries.length} forged names of ${name} are there, such as ${forgeries[0]?.backup.name}, and nobody is told`,
        ];
  });
};
