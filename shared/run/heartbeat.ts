import { messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Log } from '../ports/log.ts';
import type { Beat, Heartbeat } from '../ports/messages.ts';
import type { Clock } from '../ports/time.ts';
import { inTime, NotInTimeError } from './pass-on.ts';

/** When the run must end, and its clock. */
export interface BeatTime {
  readonly clock: Clock;
  readonly deadline: Instant;
}

/** Who watches a run from outside, and where a lost beat is logged. */
export interface Watch {
  readonly log: Log;
  /** Absent when nobody watches from outside. */
  readonly heartbeat?: Heartbeat;
}

/**
 * Keeps the first beat from taking the run's time: its address is read and called twice within
 * this. In milliseconds.
 */
const LONGEST_START_MS = 25 * SECOND_MS;
const START_SHARE = 0.1;

/** What Lambda needs after the last beat. In milliseconds. */
const RESERVE_MS = 2 * SECOND_MS;

const endOf = (beat: Beat, { clock, deadline }: BeatTime): Instant => {
  const now = clock.now();
  return beat === 'start'
    ? now + Math.min(LONGEST_START_MS, (deadline - now) * START_SHARE)
    : deadline - RESERVE_MS;
};

/** A beat that was not answered in time was lost on its way. */
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
 * Returns what is wrong with the run. A beat that was lost on its way is not: whoever watches
 * notices that it is missing. A beat that can reach nobody is: nobody would notice.
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
 * Runs between two beats: one before, and one after that says whether the run was complete.
 * Findings are not a failure: people are alerted to them. A run that throws is reported as a
 * failure and its error is rethrown; a lost beat is logged and changes nothing; one that can reach
 * nobody is a failure of the run. Without a heartbeat nothing is sent.
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
