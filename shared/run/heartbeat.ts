import { messageOf } from '../model/errors.ts';
import type { Beat, Heartbeat } from '../ports/heartbeat.ts';
import type { Log } from '../ports/log.ts';

/** Who hears the beats of a run, and where it is written when they do not. */
export interface Watch {
  readonly log: Log;
  /** Absent where nobody outside watches. */
  readonly heartbeat?: Heartbeat;
}

/**
 * Returns what is wrong with the run. A beat that was lost on its way is not: whoever watches notices that nothing came. Where there is nobody
 * to tell, nobody would.
 */
const tell = async ({ heartbeat, log }: Watch, beat: Beat): Promise<readonly string[]> => {
  try {
    const reason = await heartbeat?.tell(beat);
    if (reason !== undefined) log.error('the heartbeat did not leave', { beat, reason });
    return [];
  } catch (error) {
    const reason = messageOf(error);
    log.error('the heartbeat did not leave', { beat, reason });
    return [`nobody waits for the heartbeat: ${reason}`];
  }
};

/**
 * Given a run, carries it out between two beats: one before, and one after that says whether it was whole. Findings are no failure: they are
 * told to people. At the edge a run that throws is told as a failure and thrown on, a beat that is lost is logged and changes nothing, one
 * that can reach nobody is a failure of the run, and where there is no heartbeat nothing is told.
 */
export const withHeartbeat = async <Report extends { readonly failures: readonly string[] }>(
  watch: Watch,
  run: () => Promise<Report>,
): Promise<Report> => {
  const untold = await tell(watch, 'start');
  try {
    const report = await run();
    const untoldYet = await tell(watch, report.failures.length === 0 ? 'success' : 'failure');
    return { ...report, failures: [...new Set([...report.failures, ...untold, ...untoldYet])] };
  } catch (error) {
    await tell(watch, 'failure');
    throw error;
  }
};
