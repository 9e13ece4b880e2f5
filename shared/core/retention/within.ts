import { type Duration, durationText } from '../../model/duration.ts';
import type { Instant } from '../../model/instant.ts';
import { subtractDuration } from '../calendar/calendar.ts';
import { passReasonText } from './reasons.ts';
import type { Judgement, Rule } from './rule.ts';

/** How far back from which slot a rule reaches, on the calendar of which zone. */
export interface Reach {
  readonly newest: Instant;
  readonly within: Duration;
  readonly timezone: string;
}

/**
 * Given a reach, returns the rule that keeps everything newer than its far end. At the edge: exactly at the far end is not within.
 * Measured from the newest slot, not from now, so that nothing ages out while backups stand still.
 */
export const withinRule = ({ newest, within, timezone }: Reach): Rule => {
  const farEnd = subtractDuration(newest, within, timezone);
  const text = durationText(within);
  const inside: Judgement = { keeps: true, reason: { kind: 'within', within: text } };
  const outside: Judgement = { keeps: false, reason: passReasonText({ kind: 'not-within', within: text }) };
  return ({ time }) => (time > farEnd ? inside : outside);
};
