import { messageOf } from '../model/errors.ts';
import type { Beat, Heartbeat } from '../ports/heartbeat.ts';
import type { Log } from '../ports/log.ts';

/** Who hears the beats of a run, and where it is written when they do not. */
export interface Watch {
  readonly log: Log;
  /** Absent where nobody outside watches. */
  readonly heartbeat?: Heartbeat;
}

/** Whoever watches notices that nothing came; the run is not the worse for it. */
const tell = async ({ heartbeat, log }: Watch, beat: Beat): Promise<void> => {
  try {
    await heartbeat?.tell(beat);
  } catch (error) {
    log.error('the heartbeat did not leave', { beat, reason: messageOf(error) });
  }
};

/**
 * Given a run, carries it out between two beats: one before, and one after that says whether it was whole. Findings are no failure: they are
 * told to people. At the edge a run that throws is told as a failure and thrown on, a beat that does not leave is logged and changes
 * nothing, and where there is no heartbeat nothing is told.
 */
export const withHeartbeat = async <Report extends { readonly failures: readonly string[] }>(
  watch: Watch,
  run: () => Promise<Report>,
): Promise<Report> => {
  await tell(watch, 'start');
  try {
    const report = await run();
    await tell(watch, report.failures.length === 0 ? 'success' : 'failure');
    return report;
  } catch (error) {
    await tell(watch, 'failure');
    throw error;
  }
};
