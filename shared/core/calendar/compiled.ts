/** How Intl reads the clocks of a zone, and what it said of the minutes since 1970 that were asked about: small numbers are found faster. */
export interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

/** The times on the wall that a cron names, on a calendar without clock changes. */
export interface WallTimes {
  /** The latest at or before a time; undefined when there is none. */
  atOrBefore(wall: number): number | undefined;
  /** The earliest after a time; undefined when there is none. */
  after(wall: number): number | undefined;
}

/** A cron that was read. */
export interface Rhythm {
  readonly times: WallTimes;
  readonly isHourly: boolean;
}

/** The days a cron names in a zone: how far calm neighbours lie apart, each distance once, and the neighbours around clock changes. */
export interface DaysInZone {
  readonly calmGaps: readonly number[];
  readonly changing: readonly (readonly number[])[];
}

/**
 * The one cache of core. Zones and crons are texts of a policy file that every decision asks again, thousands of times; reading one takes from a tenth
 * of a millisecond to tens of them; and what is read depends on nothing but the text and the runtime. Everything else is decided once for a run and
 * passed on.
 */
const compiled = {
  zones: new Map<string, Zone>(),
  rhythms: new Map<string, Rhythm>(),
  days: new Map<string, readonly number[]>(),
  daysInZones: new Map<string, DaysInZone>(),
  intervals: new Map<string, number>(),
};

type Compiled = typeof compiled;

type Of<Kind extends keyof Compiled> = Compiled[Kind] extends Map<string, infer Value> ? Value : never;

/** Returns what a text was compiled to before, or compiles it. What `make` throws is thrown, and nothing is kept. */
export const compiledOnce = <Kind extends keyof Compiled>(
  kind: Kind,
  text: string,
  make: () => Of<Kind>,
): Of<Kind> => {
  const known = compiled[kind] as Map<string, Of<Kind>>;
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = make();
  known.set(text, made);
  return made;
};
