import type { Severity } from '../../model/finding.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** After how long people hear again of what is still wrong, and from when on it joins a message that leaves anyway. */
interface Rhythm {
  readonly remindAfterMs: number;
  readonly joinsAfterMs: number;
}

/** Findings within the last 24th of their time share one message: an hour of a day, seven hours of a week. */
const everyMs = (remindAfterMs: number): Rhythm => ({
  remindAfterMs,
  joinsAfterMs: remindAfterMs - remindAfterMs / 24,
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

const mayJoin = (finding: OpenFinding, now: Instant): boolean => {
  const rhythm = RHYTHM[finding.severity];
  return rhythm !== undefined && silenceMs(finding, now) >= rhythm.joinsAfterMs;
};

/**
 * Given findings that are still open, and whether a message leaves anyway, returns those to remind people of: critical ones a day after people
 * last heard of them, warnings a week after. When one is due or a message leaves, those in the last 24th of their time join. At the
 * edge info is never reminded of.
 */
export const remindersOf = (
  stillOpen: readonly OpenFinding[],
  now: Instant,
  messageLeaves: boolean,
): readonly OpenFinding[] => {
  const goesOut = messageLeaves || stillOpen.some((finding) => isDue(finding, now));
  return goesOut ? stillOpen.filter((finding) => mayJoin(finding, now)) : [];
};
