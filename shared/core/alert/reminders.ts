import { CLOCK_TOLERANCE_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** People hear again of what is still wrong once a day. */
const REMIND_AFTER_MS = 24 * HOUR_MS;

/** A finding this close to its day joins a message that leaves anyway, so that many findings share one reminder. */
const JOINS_AFTER_MS = 23 * HOUR_MS;

/** A run that starts some seconds earlier than yesterday's still reminds, or the hour of reminders would drift. */
const isDue = (silentMs: number): boolean => silentMs >= REMIND_AFTER_MS - CLOCK_TOLERANCE_MS;

/** A message from the future is a clock that was wrong: it silences nothing. */
const silence = ({ notifiedAt }: OpenFinding, now: Instant): number => {
  if (notifiedAt === undefined || notifiedAt > now + CLOCK_TOLERANCE_MS) return REMIND_AFTER_MS;
  return now - notifiedAt;
};

/**
 * Given findings that are still open, and whether a message leaves anyway, returns those to remind people of. When one is due after a day,
 * those within an hour of it join. At the edge info is never reminded of: it costs nobody's sleep.
 */
export const remindersOf = (
  stillOpen: readonly OpenFinding[],
  now: Instant,
  messageLeaves: boolean,
): readonly OpenFinding[] => {
  const eligible = stillOpen.filter(({ severity }) => severity !== 'info');
  const goesOut = messageLeaves || eligible.some((finding) => isDue(silence(finding, now)));
  return goesOut ? eligible.filter((finding) => silence(finding, now) >= JOINS_AFTER_MS) : [];
};
