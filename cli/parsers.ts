import { InvalidArgumentError } from 'commander';
import { nearest } from '../shared/core/text/nearest.ts';
import type { Instant } from '../shared/model/instant.ts';
import { MODE_NAMES, type ModeName } from './modes.ts';

/** Reads the mode of a run; throws with the nearest one, or all. */
export const parseMode = (text: string): ModeName => {
  const name = MODE_NAMES.find((one) => one === text);
  if (name !== undefined) return name;
  const meant = nearest(text, MODE_NAMES);
  throw new InvalidArgumentError(
    meant === undefined ? `Write one of ${MODE_NAMES.join(', ')}.` : `Did you mean ${meant}?`,
  );
};

/** Reads a port; throws with what one is. */
export const parsePort = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Write a number from 0 to 65535; 0 takes any that is free.');
};

const DAY_ALONE = /^\d{4}-\d\d-\d\d$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** JavaScript reads 30 February as 2 March. */
const isOfCalendar = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** Reads an instant: a day in UTC, or a time with its zone. Throws with what one is: without a zone it would depend on the machine. */
export const parseInstant = (text: string): Instant => {
  const isWellFormed = (DAY_ALONE.test(text) || WITH_ZONE.test(text)) && isOfCalendar(text.slice(0, 10));
  const at = isWellFormed ? Date.parse(text) : Number.NaN;
  if (at >= Date.UTC(2000) && at < Date.UTC(2200)) return at;
  throw new InvalidArgumentError(
    'Write an instant with its zone, such as 2026-11-28T12:00:00Z, from 2000 to 2199.',
  );
};

/** Reads the digest of a set of expiries; throws with where to find it. */
export const parseDigest = (text: string): string => {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('Write the 16 digits that `tablekeeper plan` shows.');
};
