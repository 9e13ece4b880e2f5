import type { WallTime } from '../calendar/zone.ts';
import type { Bucket } from './bucket.ts';
import { periodLabel } from './period-label.ts';
import { passReasonText } from './reasons.ts';
import type { Judgement } from './rule.ts';

/** What a bucket says of the newest slot of a period, and of every later one it meets there. */
export interface Saying {
  readonly newest: Judgement;
  readonly superseded: Judgement;
}

/** Gives what is said of the period of that key, which is the nth one kept; any time in the period names it. */
export type Speaker = (key: number, nth: number, wall: WallTime) => Saying;

/** Far more than the slots of any policy file; a process that lives for years forgets the oldest all at once. */
const MOST_SAYINGS = 20_000;

const speakers = new Map<string, Speaker>();
let sayings = 0;

const say = ({ period, count }: Bucket, nth: number, wall: WallTime): Saying => {
  const label = periodLabel(period, wall);
  return {
    newest: { keeps: true, reason: { kind: 'newest-of-period', period, label, nth, count } },
    superseded: { keeps: false, reason: passReasonText({ kind: 'superseded', label }) },
  };
};

const newSpeaker = (bucket: Bucket): Speaker => {
  const byKey = new Map<number, Saying[]>();
  return (key, nth, wall) => {
    const ofKey = byKey.get(key) ?? [];
    const known = ofKey[nth];
    if (known !== undefined) return known;
    const saying = say(bucket, nth, wall);
    ofKey[nth] = saying;
    byKey.set(key, ofKey);
    sayings += 1;
    return saying;
  };
};

/**
 * Given a bucket, returns what speaks for it. The tables of one policy share their slots, so a text is made once and serves them all: of
 * ten thousand tables, their texts would otherwise be most of a plan. At the edge equal buckets have one speaker.
 */
export const speakerOf = (bucket: Bucket): Speaker => {
  if (sayings > MOST_SAYINGS) {
    speakers.clear();
    sayings = 0;
  }
  const name = `${bucket.period} ${bucket.count}`;
  const speaker = speakers.get(name) ?? newSpeaker(bucket);
  speakers.set(name, speaker);
  return speaker;
};
