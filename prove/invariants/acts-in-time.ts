import type { RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const LONGEST_MS = 15 * 60_000;

/** How long a request that has left may be on its way. */
const SENT_MS = 5 * 60_000;

/** A run that was told to be over by a moment makes and deletes nothing after it, wherever it stood still. What a killed one had sent comes late. */
export const actsInTime: Invariant = (run: RunRecord) =>
  [...run.made, ...run.deleted]
    .filter(({ at }) => at > run.before.at + LONGEST_MS + SENT_MS)
    .map(
      ({ kind, name, at }) =>
        `${name}: ${kind} at ${new Date(at).toISOString()}, ${Math.round((at - run.before.at) / 60_000)} minutes after it began`,
    );
