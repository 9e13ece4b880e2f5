import { describe, expect, it } from 'vitest';
import { isZoneName, zoneNames } from '../../../shared/core/calendar/zone.ts';
import { ZONES } from './arbitraries.ts';

describe('isZoneName', () => {
  it.each([
    ...ZONES,
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Africa/Dar_es_Salaam',
    'Etc/UTC',
  ])('%s is one', (name) => {
    expect(isZoneName(name)).toBe(true);
  });

  it.each([
    { name: 'an offset', text: '+09:00' },
    { name: 'an offset in words', text: 'UTC+9' },
    { name: 'an abbreviation', text: 'EST' },
    { name: 'an abbreviation with summer time', text: 'EST5EDT' },
    { name: 'another spelling of UTC', text: 'utc' },
    { name: 'another case', text: 'europe/berlin' },
    { name: 'capitals', text: 'EUROPE/BERLIN' },
    { name: 'a place that is not listed', text: 'Europe/Atlantis' },
    { name: 'a place alone', text: 'Berlin' },
    { name: 'spaces', text: ' Europe/Berlin' },
    { name: 'nothing', text: '' },
  ])('$name is none: $text', ({ text }) => {
    expect(isZoneName(text)).toBe(false);
  });

  it('every listed name by place is one', () => {
    expect(zoneNames().filter((name) => name.includes('/') && !isZoneName(name))).toEqual([]);
  });

  it('the listed names are sorted, with UTC among them', () => {
    expect(zoneNames()).toEqual(zoneNames().toSorted());
    expect(zoneNames()).toContain('UTC');
  });
});
