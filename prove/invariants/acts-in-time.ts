import type { RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const LONGEST_MS = 15 * 60_000;

/** How long a request that has left may be on its way. */
const SENT_MS = 5 * 60_000;

/** A run with a deadline makes and deletes nothing after it, wherever it was suspended. Calls of a killed one may take effect late. */
export const actsInTime: Invariant = (run: RunRecord) =>
  [...run.made, ...run.deleted]
    .filter(({ at }) => at > run.before.at + LONGEST_MS + SENT_MS)
    .map(
      ({ kind, name, at }) =>
        `${name}: ${kind} at ${new Date(at).toISOString()}, ${Math.round((at - run.before.at) / 60_000)} minutes after it began`,
    );
