import type { Advice } from './advice.ts';

/**
 * `fine`: it is there · `missing`: it is missing or wrong · `advised`: not required, but something comes later or works less well without it ·
 * `unneeded`: not needed here · `unknown`: it could not be checked.
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
