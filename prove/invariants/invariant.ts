import type { RunRecord } from '../world/record.ts';
import type { Life } from './life.ts';

/** Given a run and the life before it, returns a sentence for each way in which what must hold does not. */
export type Invariant = (run: RunRecord, life: Life) => readonly string[];
