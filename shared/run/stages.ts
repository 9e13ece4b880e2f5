import { type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { Mode } from '../model/plan.ts';

/**
 * Until when each part of a run may make calls. Each part leaves its successors enough: whatever a
 * service does, findings are alerted and saved before the run's deadline.
 */
export interface Stages {
  /** Open findings and memory. A run still observes without them, so they may not take its time. */
  readonly recalling: Instant;
  readonly reading: Instant;
  readonly acting: Instant;
  readonly alerting: Instant;
  readonly saving: Instant;
  /** What comes last in an audit that was quick, and leaves the end of the run to what reports it. */
  readonly capturing: Instant;
}

/** For a look without a deadline of its own: as long as Lambda's longest run. */
export const LOOK_MS = 15 * MINUTE_MS;

const RECALLING_SHARE = 0.15;

/**
 * The share of a run in which it may read. An audit does little else: point-in-time recovery has
 * the slowest rate of the calls made once per table, and the next audit begins where this one
 * stopped. A backup run needs most of its time for the backups.
 */
const READING_SHARES: Readonly<Record<Mode, number>> = { protect: 0.5, expire: 0.75, audit: 0.8 };

/**
 * What is kept for the end from each part on: a share of a short run, and never more than that many
 * milliseconds of a longer one.
 */
const AFTER_ACTING = { ms: 22 * SECOND_MS, share: 0.12 };
const AFTER_ALERTING = { ms: 10 * SECOND_MS, share: 0.06 };
const AFTER_SAVING = { ms: 4 * SECOND_MS, share: 0.03 };

/** Computes the parts of a run that begins now. */
export const stagesOf = (mode: Mode, now: Instant, deadline: Instant): Stages => {
  const wholeMs = Math.max(0, deadline - now);
  const before = ({ ms, share }: typeof AFTER_ACTING): Instant => deadline - Math.min(ms, wholeMs * share);
  return {
    recalling: now + wholeMs * RECALLING_SHARE,
    reading: now + wholeMs * READING_SHARES[mode],
    acting: before(AFTER_ACTING),
    alerting: before(AFTER_ALERTING),
    saving: before(AFTER_SAVING),
    capturing: before(AFTER_ACTING),
  };
};
