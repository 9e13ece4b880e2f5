/** What a watcher outside of AWS is told: a run begins, it was whole, or it was not. */
export type Beat = 'start' | 'success' | 'failure';

/** Somebody outside who raises an alarm when nothing is heard. */
export interface Heartbeat {
  /**
   * Returns why the beat did not arrive, or nothing when it did: whoever waits for it notices. Throws when nobody can be waiting, because the
   * address cannot be read or is no check's. Neither names the address, which is a secret.
   */
  tell(beat: Beat): Promise<string | undefined>;
}
