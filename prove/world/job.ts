import type { Mode } from '../../shared/model/plan.ts';
import type { HintTrouble, TickTrouble } from '../story/event.ts';

/** A tick as it is to be run; a person's approval may come with it. */
export interface Tick {
  readonly mode: Mode;
  readonly runId: string;
  readonly trouble?: TickTrouble | undefined;
  readonly approvedDigest?: string | undefined;
}

/** An event that names a table, as it is to be delivered. */
export interface Hint {
  readonly mode: 'hint';
  readonly runId: string;
  readonly table: string;
  readonly byTrail: boolean;
  readonly trouble?: HintTrouble | undefined;
}

/** What a function is called with. */
export type Job = Tick | Hint;
