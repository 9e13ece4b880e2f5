import type { Severity } from '../../model/finding.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** After how long people are reminded of what is still wrong, and from when on a reminder joins a message that leaves anyway. */
interface Rhythm {
  readonly remindAfterMs: number;
  /** A message of something else. */
  readonly joinsNewsAfterMs: number;
  /** A message in which a reminder of the same severity is due. */
  readonly joinsRemindersAfterMs: number;
}

/**
 * A reminder within the last 24th of its time shares a message of something else: an hour of a day, seven hours of a week. One that is past
 * its half shares a message with one of its severity that is due, so that a fault that struck many tables at different hours comes to one
 * message a day.
 */
const everyMs = (remindAfterMs: number): Rhythm => ({
  remindAfterMs,
  joinsNewsAfterMs: remindAfterMs - remindAfterMs / 24,
  joinsRemindersAfterMs: remindAfterMs / 2,
});

/**
 * What is critical may cost a table: somebody should see it on each working day. A warning waits for a plan, and plans are made by the week. Info
 * costs nobody's sleep and is told once.
 */
const RHYTHM: Readonly<Record<Severity, Rhythm | undefined>> = {
  critical: everyMs(24 * HOUR_MS),
  warning: everyMs(7 * DAY_MS),
  info: undefined,
};

/** A message from the future is a clock that was wrong: it silences nothing. */
const silenceMs = ({ notifiedAt }: OpenFinding, now: Instant): number => {
  if (notifiedAt === undefined || notifiedAt > now + CLOCK_TOLERANCE_MS) return Number.POSITIVE_INFINITY;
  return now - notifiedAt;
};

/** A run that starts some seconds earlier than yesterday's still reminds, or the hour of reminders would drift. */
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
 * Returns those of the findings that are still open to remind people of: critical ones a day after people last heard of them, warnings a week
 * after. When one is due, those of its severity past half of their time join; when a message leaves anyway, those in the last 24th. Info is never
 * reminded of.
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
