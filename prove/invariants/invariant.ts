import type { RunRecord } from '../world/record.ts';
import type { Life } from './life.ts';

/** Returns a sentence for each way in which the invariant is broken by a run, given the history before it. */
export type Invariant = (run: RunRecord, life: Life) => readonly string[];
