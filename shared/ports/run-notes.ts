import type { NotedRun } from '../model/noted-run.ts';

/** The last run of each function. Every method throws when the store cannot be reached. */
export interface RunNotes {
  /** Over what was noted of that name before. */
  write(run: NotedRun): Promise<void>;
  /** Sorted by name. */
  read(): Promise<readonly NotedRun[]>;
}
