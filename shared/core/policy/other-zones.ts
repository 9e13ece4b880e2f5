import { zoneNames } from '../calendar/zone.ts';

/** Abbreviations, and a place that uses them; several places do. */
const ABBREVIATIONS = new Map(
  Object.entries({
    acst: 'Australia/Adelaide',
    aedt: 'Australia/Sydney',
    aest: 'Australia/Sydney',
    akst: 'America/Anchorage',
    ast: 'America/Halifax',
    awst: 'Australia/Perth',
    bst: 'Europe/London',
    cdt: 'America/Chicago',
    cest: 'Europe/Berlin',
    cet: 'Europe/Berlin',
    cst: 'America/Chicago',
    edt: 'America/New_York',
    eest: 'Europe/Athens',
    eet: 'Europe/Athens',
    est: 'America/New_York',
    est5edt: 'America/New_York',
    gmt: 'UTC',
    hkt: 'Asia/Hong_Kong',
    hst: 'Pacific/Honolulu',
    ist: 'Asia/Kolkata',
    jst: 'Asia/Tokyo',
    kst: 'Asia/Seoul',
    mdt: 'America/Denver',
    mesz: 'Europe/Berlin',
    met: 'Europe/Berlin',
    mez: 'Europe/Berlin',
    msk: 'Europe/Moscow',
    mst: 'America/Denver',
    nzst: 'Pacific/Auckland',
    pdt: 'America/Los_Angeles',
    pst: 'America/Los_Angeles',
    pst8pdt: 'America/Los_Angeles',
    sast: 'Africa/Johannesburg',
    sgt: 'Asia/Singapore',
    west: 'Europe/Lisbon',
    wet: 'Europe/Lisbon',
  }),
);

/** Zones as people call them. */
const SPOKEN = new Map(
  Object.entries({
    'atlantic time': 'America/Halifax',
    'central european time': 'Europe/Berlin',
    'central time': 'America/Chicago',
    'eastern time': 'America/New_York',
    'mountain time': 'America/Denver',
    'pacific time': 'America/Los_Angeles',
  }),
);

/** Names for UTC. */
const UTC = ['z', 'zulu', 'utc', 'gmt0', 'utc0', 'universal'];

const OFFSET = /^(?:utc|gmt)?\s*[+-]\s*\d{1,2}(?::?\d\d)?$/i;

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

/** The last part of a zone is a city: `New York` of `America/New_York`. */
const zoneOfCity = (city: string): string | undefined =>
  zoneNames().find((name) => plain(name.split('/').at(-1) ?? '') === city || plain(name) === city);

/** Says which zone is meant by a city, an abbreviation or an offset; undefined where that is not known. */
export const fixForZone = (text: string): string | undefined => {
  const word = plain(text);
  if (UTC.includes(word)) return 'Write UTC.';
  if (OFFSET.test(text.trim()))
    return 'An offset does not say when clocks change. Write a zone by place, such as Europe/Berlin, or UTC.';
  const place = ABBREVIATIONS.get(word);
  if (place !== undefined)
    return `An abbreviation names no place, and clocks differ between places. Write a zone by place, such as ${place}.`;
  const zone = SPOKEN.get(word) ?? zoneOfCity(word);
  return zone === undefined ? undefined : `Did you mean ${zone}?`;
};
