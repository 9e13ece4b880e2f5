import type { Instant } from '../model/instant.ts';
import type { NotedRun } from '../model/noted-run.ts';

/** The last run of each function. Every method throws when the store cannot be reached. */
export interface RunNotes {
  /** Over what was noted of that name before. */
  write(run: NotedRun): Promise<void>;
  /** Sorted by name. */
  read(): Promise<readonly NotedRun[]>;
}

/** A table that an event named, and the span of time in which that was. */
export interface HintNote {
  readonly table: string;
  readonly window: Instant;
  /** Whether CloudTrail reported it, which it does only where there is a trail. */
  readonly byTrail: boolean;
}

/** Tables that events named and that were not looked at yet. Every method throws when the store cannot be reached. */
export interface HintNotes {
  /** The same table twice in one window is one note. */
  add(note: HintNote): Promise<void>;
  /** All there are, oldest window first, then by table. */
  read(): Promise<readonly HintNote[]>;
  /** Forgets exactly these: a note of a later window stays. */
  remove(notes: readonly HintNote[]): Promise<void>;
}
