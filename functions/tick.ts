import type { Instant } from '../shared/model/instant.ts';
import { isFields, isText, optional } from '../shared/model/shape.ts';

/** What a function is called with: the time the schedule intended, and what a person approved. */
export interface Tick {
  /**
   * The event's own time. It never becomes `now`; a time in the future makes the run delete
   * nothing.
   */
  readonly eventTime?: Instant;
  /** The digest of the expiries that a person approved past the guardrail. */
  readonly approvedDigest?: string;
}

const isApproval = optional(isText);

const timeOf = (text: unknown): Instant | undefined => {
  if (text === undefined) return undefined;
  const instant = isText(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant))
    throw new Error(`the event's time is no time: ${JSON.stringify(text).slice(0, 100)}`);
  return instant;
};

/**
 * Reads the event of a schedule, or the payload of a person's `aws lambda invoke`. An empty payload
 * is a plain tick. Throws for a payload that is not an object, and for a `time` or an `approve`
 * that cannot be read.
 */
export const parseTick = (event: unknown): Tick => {
  if (event === undefined || event === null) return {};
  if (!isFields(event)) throw new Error('the event is not a JSON object: send {} for a plain run');
  const eventTime = timeOf(event.time);
  const { approve } = event;
  if (!isApproval(approve))
    throw new Error('"approve" takes the digest that the guardrail finding names, as a string');
  return {
    ...(eventTime !== undefined && { eventTime }),
    ...(approve !== undefined && { approvedDigest: approve }),
  };
};
