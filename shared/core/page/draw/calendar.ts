import { DAY_MS, type Instant } from '../../../model/instant.ts';
import { daily, everyMonths, type TimeStep, weekly } from './time-steps.ts';

/** How wide a drawing is, in units of its own: it is stretched to the place that it gets. */
export const WIDTH = 1000;

/** A mark of the calendar. */
export interface Tick {
  readonly at: Instant;
  readonly x: number;
  readonly label: string;
}

/** A span of time laid out from left to right: the last weeks by the day, what is older in the rest of the width. */
export interface Calendar {
  readonly from: Instant;
  readonly to: Instant;
  /** Where the scale changes; absent where one is enough. */
  readonly bend?: number;
  /** Oldest first. */
  readonly ticks: readonly Tick[];
  /** Returns where a moment lies, from 0 to `WIDTH`; before and after the span it is the edge. */
  x(at: Instant): number;
}

/** What the calendar shows, and by how much the clocks of its reader are ahead of UTC. */
export interface CalendarSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly offsetMs: number;
}

const RECENT_DAYS = 42;
/** A longer span gets two scales, and the recent days this share of the width. */
const ONE_SCALE_DAYS = 80;
const RECENT_SHARE = 0.6;

const MOST_TICKS = 7;

const dayLabel = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthLabel = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const yearLabel = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' });

interface Step {
  readonly step: TimeStep;
  readonly label: Intl.DateTimeFormat;
}

const STEPS: readonly Step[] = [
  { step: daily, label: dayLabel },
  { step: weekly, label: dayLabel },
  { step: everyMonths(1), label: monthLabel },
  { step: everyMonths(3), label: monthLabel },
  { step: everyMonths(6), label: monthLabel },
  { step: everyMonths(12), label: yearLabel },
  { step: everyMonths(60), label: yearLabel },
];

interface Marked {
  readonly wall: Date;
  readonly label: string;
}

/** The finest step that leaves room for the labels. */
const marksIn = (from: Instant, to: Instant, most: number): readonly Marked[] => {
  for (const { step, label } of STEPS) {
    const marks = step(from, to).map((at) => new Date(at));
    if (marks.length <= most) return marks.map((wall) => ({ wall, label: label.format(wall) }));
  }
  return [];
};

/** A span of time, and the span of the width that it is drawn on. */
interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly left: number;
  readonly right: number;
}

const placeIn = ({ from, to, left, right }: Stretch, at: Instant): number => {
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return left + share * (right - left);
};

const rounded = (x: number): number => Math.round(x * 10) / 10;

/** Lays out a span of time. Days begin as the reader's clocks have it now: around a change of the clocks they are an hour off, which nobody can see. */
export const calendarOf = ({ from, to, offsetMs }: CalendarSpan): Calendar => {
  const isOneScale = to - from <= ONE_SCALE_DAYS * DAY_MS;
  const bendAt = to - RECENT_DAYS * DAY_MS;
  const bend = WIDTH * (1 - RECENT_SHARE);
  const whole: Stretch = { from, to, left: 0, right: WIDTH };
  const older: Stretch = { from, to: bendAt, left: 0, right: bend };
  const recent: Stretch = { from: bendAt, to, left: bend, right: WIDTH };
  const stretchAt = (at: Instant): Stretch => (at < bendAt ? older : recent);
  const x = (at: Instant): number => rounded(placeIn(isOneScale ? whole : stretchAt(at), at));
  const [start, end, middle] = [from, to, bendAt].map((at) => at + offsetMs) as [Instant, Instant, Instant];
  const marks = isOneScale
    ? marksIn(start, end, MOST_TICKS + 3)
    : [...marksIn(start, middle, MOST_TICKS - 3), ...marksIn(middle, end, MOST_TICKS)];
  const ticks = marks.map(({ wall, label }) => {
    const at = wall.getTime() - offsetMs;
    return { at, x: x(at), label };
  });
  return { from, to, ...(!isOneScale && { bend }), ticks, x };
};
