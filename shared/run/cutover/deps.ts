import type { CutoverRecord, CutoverStep } from '../../model/cutover.ts';
import type { CutoverRecords, CutoverWriter } from '../../ports/cutover.ts';
import type { Clock } from '../../ports/time.ts';
import type { Deps } from '../deps.ts';
import type { RestoreDeps } from '../restore/deps.ts';

/** What a person answers before a step. */
export type Agreement = 'yes' | 'skip' | 'stop';

/** What cut-overs work with. */
export interface CutoverDeps {
  readonly clock: Clock;
  readonly parts: Pick<Deps, 'target' | 'policies'>;
  readonly records: CutoverRecords;
  readonly writer: CutoverWriter;
  readonly restore: RestoreDeps;
  /** Asks before each step that was not begun before. */
  readonly agree: (step: CutoverStep, record: CutoverRecord) => Promise<Agreement>;
  /** Called when a step waits, and when something became of it. */
  readonly onStep: (record: CutoverRecord, at: number, waitsFor?: string) => void;
}
