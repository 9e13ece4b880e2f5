/** What a watcher outside of AWS is told: a run begins, it was whole, or it was not. */
export type Beat = 'start' | 'success' | 'failure';

/** Somebody outside who raises an alarm when nothing is heard. */
export interface Heartbeat {
  /** Throws when the beat did not arrive; no error names the address, which is a secret. */
  tell(beat: Beat): Promise<void>;
}
