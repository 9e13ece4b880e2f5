import type { Advice } from './advice.ts';

/**
 * `fine`: it is there · `missing`: it is not, or is wrong · `advised`: all works without it, only later or less well · `unneeded`: nobody
 * needs it here · `unknown`: it could not be seen.
 */
export type DiagnosisStatus = 'fine' | 'missing' | 'advised' | 'unneeded' | 'unknown';

/** What the doctor says of one thing that a deployment needs. */
export interface Diagnosis {
  /** In a word or two: `alert topic`. */
  readonly item: string;
  readonly status: DiagnosisStatus;
  /** What was seen. */
  readonly says: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly fix?: Advice;
  /** What the first sentence of it speaks of, a line for each: how two files differ, values to be asked for. */
  readonly details?: readonly string[];
}
