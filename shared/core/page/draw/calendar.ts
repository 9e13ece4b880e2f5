import { scaleUtc } from 'd3-scale';
import { type TimeInterval, utcDay, utcMonday, utcMonth, utcYear } from 'd3-time';
import { DAY_MS, type Instant } from '../../../model/instant.ts';

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
  readonly interval: TimeInterval | null;
  readonly label: Intl.DateTimeFormat;
}

const STEPS: readonly Step[] = [
  { interval: utcDay, label: dayLabel },
  { interval: utcMonday, label: dayLabel },
  { interval: utcMonth, label: monthLabel },
  { interval: utcMonth.every(3), label: monthLabel },
  { interval: utcMonth.every(6), label: monthLabel },
  { interval: utcYear, label: yearLabel },
  { interval: utcYear.every(5), label: yearLabel },
];

interface Marked {
  readonly wall: Date;
  readonly label: string;
}

/** The finest step that leaves room for the labels. */
const marksIn = (from: Instant, to: Instant, most: number): readonly Marked[] => {
  for (const { interval, label } of STEPS) {
    const marks = interval?.range(new Date(from), new Date(to)) ?? [];
    if (interval !== null && marks.length <= most)
      return marks.map((wall) => ({ wall, label: label.format(wall) }));
  }
  return [];
};

const rounded = (x: number): number => Math.round(x * 10) / 10;

/** Lays out a span of time. Days begin as the reader's clocks have it now: around a change of the clocks they are an hour off, which nobody can see. */
export const calendarOf = ({ from, to, offsetMs }: CalendarSpan): Calendar => {
  const isOneScale = to - from <= ONE_SCALE_DAYS * DAY_MS;
  const bendAt = to - RECENT_DAYS * DAY_MS;
  const bend = WIDTH * (1 - RECENT_SHARE);
  const scale = scaleUtc()
    .domain(isOneScale ? [from, to] : [from, bendAt, to])
    .range(isOneScale ? [0, WIDTH] : [0, bend, WIDTH])
    .clamp(true);
  const x = (at: Instant): number => rounded(scale(at));
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
