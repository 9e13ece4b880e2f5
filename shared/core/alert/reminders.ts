import type { Severity } from '../../model/finding.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/**
 * How long after a report to remind of an open finding, and from when on a reminder joins a message that is sent
 * anyway.
 */
interface Rhythm {
  readonly remindAfterMs: number;
  /** Joins a message about something else. */
  readonly joinsNewsAfterMs: number;
  /** Joins a message in which a reminder of the same severity is due. */
  readonly joinsRemindersAfterMs: number;
}

/**
 * Derives the times at which a reminder joins other messages. Within the last 24th of its interval (an hour of a day,
 * seven hours of a week) it joins any message. Past half of it, it joins one in which a reminder of its severity is
 * due, so that a fault that hit many tables at different hours leads to one message a day.
 */
const everyMs = (remindAfterMs: number): Rhythm => ({
  remindAfterMs,
  joinsNewsAfterMs: remindAfterMs - remindAfterMs / 24,
  joinsRemindersAfterMs: remindAfterMs / 2,
});

/**
 * How often to remind, by severity: critical findings may cost a table, so somebody should see them every working day;
 * warnings can be planned for by the week; info is reported once.
 */
const RHYTHM: Readonly<Record<Severity, Rhythm | undefined>> = {
  critical: everyMs(24 * HOUR_MS),
  warning: everyMs(7 * DAY_MS),
  info: undefined,
};

/** Returns the time since the last report. One dated in the future comes from a wrong clock and counts as none. */
const silenceMs = ({ notifiedAt }: OpenFinding, now: Instant): number => {
  if (notifiedAt === undefined || notifiedAt > now + CLOCK_TOLERANCE_MS) return Number.POSITIVE_INFINITY;
  return now - notifiedAt;
};

/**
 * Checks whether a reminder is due. A run that starts a few seconds earlier than yesterday's still reminds, because
 * otherwise the hour would drift.
 */
const isDue = (finding: OpenFinding, now: Instant): boolean => {
  const rhythm = RHYTHM[finding.severity];
  return rhythm !== undefined && silenceMs(finding, now) >= rhythm.remindAfterMs - CLOCK_TOLERANCE_MS;
};

const mayJoin = (
  finding: OpenFinding,
  now: Instant,
  after: Exclude<keyof Rhythm, 'remindAfterMs'>,
): boolean => {
  const rhythm = RHYTHM[finding.severity];
  return rhythm !== undefined && silenceMs(finding, now) >= rhythm[after];
};

/**
 * Selects the open findings to remind of: critical ones a day after the last report, warnings a week after. When one is
 * due, those of its severity past half of their interval join; when a message is sent anyway, those in the last 24th.
 * Info gets no reminders.
 */
export const remindersOf = (
  stillOpen: readonly OpenFinding[],
  now: Instant,
  messageLeaves: boolean,
): readonly OpenFinding[] => {
  const due = new Set(stillOpen.filter((finding) => isDue(finding, now)).map(({ severity }) => severity));
  if (due.size === 0 && !messageLeaves) return [];
  return stillOpen.filter((finding) =>
    mayJoin(finding, now, due.has(finding.severity) ? 'joinsRemindersAfterMs' : 'joinsNewsAfterMs'),
  );
};
