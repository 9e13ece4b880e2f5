// Time zones, computed independently from Intl alone, so that a mistake in the product's own computation cannot hide here.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone and by quarter of an hour, or by minute where clocks change within one. */
const walls = new Map<string, Map<number, number>>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, format);
  return format;
};

const readWall = (zone: string, quarter: number): number => {
  const parts = formatOf(zone).formatToParts(quarter);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
};

const wallsOf = (zone: string): Map<number, number> => {
  const known = walls.get(zone);
  if (known !== undefined && known.size < 50_000) return known;
  const fresh = new Map<number, number>();
  walls.set(zone, fresh);
  return fresh;
};

const wallAt = (zone: string, minute: number): number => {
  const known = wallsOf(zone);
  const wall = known.get(minute) ?? readWall(zone, minute);
  known.set(minute, wall);
  return wall;
};

/** What clocks in the zone show at that instant, as if it were UTC. */
export const wallOf = (zone: string, instant: number): number => {
  const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
  const wall = wallAt(zone, quarter);
  // Casey changed its clocks at one minute past midnight: within such a quarter each minute is read.
  if (wallAt(zone, quarter + QUARTER_MS) - wall === QUARTER_MS) return wall + (instant - quarter);
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return wallAt(zone, minute) + (instant - minute);
};

/** The first instant at which clocks in the zone show that time, or have passed over it. Offsets are 26 h at most. */
export const firstInstantAt = (zone: string, wall: number): number => {
  const offsets = [-26, 26].map((hours) => {
    const near = wall + hours * HOUR_MS;
    return wallOf(zone, near) - near;
  });
  const exact = offsets.map((offset) => wall - offset).filter((instant) => wallOf(zone, instant) === wall);
  if (exact.length > 0) return Math.min(...exact);
  // Skipped: the change lies between the two guesses.
  let instant = Math.min(...offsets.map((offset) => wall - offset)) - QUARTER_MS;
  instant = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
  while (wallOf(zone, instant + QUARTER_MS) < wall) instant += QUARTER_MS;
  while (wallOf(zone, instant) < wall) instant += MINUTE_MS;
  return instant;
};
