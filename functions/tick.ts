import type { Instant } from '../shared/model/instant.ts';

/** What a function is told when it is called: when the schedule meant it to run, and what a person approved. */
export interface Tick {
  /** The event's own time. It never becomes `now`; a time in the future makes the run delete nothing. */
  readonly eventTime?: Instant;
  /** The digest of the expiries that a person let past the guardrail. */
  readonly approvedDigest?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const timeOf = (text: unknown): Instant | undefined => {
  if (text === undefined) return undefined;
  const instant = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant))
    throw new Error(`the event's time is no time: ${JSON.stringify(text).slice(0, 100)}`);
  return instant;
};

/**
 * Given the event of a schedule, or the payload of a person's `aws lambda invoke`, returns what it tells the run. At the edge an empty
 * payload is a plain tick; a payload that is no object, or whose `time` or `approve` cannot be read, is refused with an error.
 */
export const parseTick = (event: unknown): Tick => {
  if (event === undefined || event === null) return {};
  if (!isRecord(event)) throw new Error('the event is not a JSON object: send {} for a plain run');
  const eventTime = timeOf(event.time);
  const approve = event.approve;
  if (approve !== undefined && typeof approve !== 'string')
    throw new Error('"approve" takes the digest that the guardrail finding names, as a string');
  return {
    ...(eventTime !== undefined && { eventTime }),
    ...(approve !== undefined && { approvedDigest: approve }),
  };
};
