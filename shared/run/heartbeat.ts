import { messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Log } from '../ports/log.ts';
import type { Beat, Heartbeat } from '../ports/messages.ts';
import type { Clock } from '../ports/time.ts';
import { inTime, NotInTimeError } from './in-time.ts';

/** When the run must be over, and the clock that knows. */
export interface BeatTime {
  readonly clock: Clock;
  readonly deadline: Instant;
}

/** Who hears the beats of a run, and where it is written when they do not. */
export interface Watch {
  readonly log: Log;
  /** Absent where nobody outside watches. */
  readonly heartbeat?: Heartbeat;
}

/** The first beat may not take the run's time: its address is read and asked twice within this. In milliseconds. */
const LONGEST_START_MS = 25 * SECOND_MS;
const START_SHARE = 0.1;

/** What Lambda needs once everything has been said. In milliseconds. */
const RESERVE_MS = 2 * SECOND_MS;

const endOf = (beat: Beat, { clock, deadline }: BeatTime): Instant => {
  const now = clock.now();
  return beat === 'start'
    ? now + Math.min(LONGEST_START_MS, (deadline - now) * START_SHARE)
    : deadline - RESERVE_MS;
};

/** A beat that nobody answered in time was lost on its way. */
const beatInTime = async (
  heartbeat: Heartbeat,
  beat: Beat,
  time: BeatTime | undefined,
): Promise<string | undefined> => {
  if (time === undefined) return await heartbeat.tell(beat);
  try {
    return await inTime(time.clock, endOf(beat, time), () => heartbeat.tell(beat));
  } catch (error) {
    if (error instanceof NotInTimeError) return error.message;
    throw error;
  }
};

/**
 * Returns what is wrong with the run. A beat that was lost on its way is not: whoever watches notices that nothing came. Where there is nobody
 * to tell, nobody would.
 */
const tell = async (
  { heartbeat, log }: Watch,
  beat: Beat,
  time: BeatTime | undefined,
): Promise<readonly string[]> => {
  if (heartbeat === undefined) return [];
  try {
    const reason = await beatInTime(heartbeat, beat, time);
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
  time?: BeatTime,
): Promise<Report> => {
  const untold = await tell(watch, 'start', time);
  try {
    const report = await run();
    const untoldYet = await tell(watch, report.failures.length === 0 ? 'success' : 'failure', time);
    return { ...report, failures: [...new Set([...report.failures, ...untold, ...untoldYet])] };
  } catch (error) {
    await tell(watch, 'failure', time);
    throw error;
  }
};
