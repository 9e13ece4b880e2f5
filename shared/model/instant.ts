/** A moment: milliseconds since 1970-01-01T00:00:00Z. A number, so that it sorts, compares and serialises as it is. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * How far two clocks may disagree, in milliseconds, before Tablekeeper calls one of them wrong.
 * AWS refuses requests that are signed more than five minutes away from its own clock, so a run cannot be further off and still work.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html (checked 2026-11-22)
 */
export const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

/** Formats an instant for people and machines: `2026-11-23T03:00:00Z`, whole seconds, UTC. */
export const isoInstant = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
