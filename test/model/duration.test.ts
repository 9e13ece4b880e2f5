import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, durationText, parseDuration } from '../../shared/model/duration.ts';
import { anyText } from '../support/any-text.ts';

const lasting = (parts: Partial<Duration>): Duration => ({
  years: 0,
  months: 0,
  days: 0,
  hours: 0,
  ...parts,
});

describe('a duration', () => {
  it.each([
    { text: '48h', duration: lasting({ hours: 48 }), shortest: '48h' },
    { text: '7d', duration: lasting({ days: 7 }), shortest: '7d' },
    { text: '2w', duration: lasting({ days: 14 }), shortest: '14d' },
    { text: '2w3d', duration: lasting({ days: 17 }), shortest: '17d' },
    { text: '1y6m', duration: lasting({ years: 1, months: 6 }), shortest: '1y6m' },
    {
      text: '1y2m3w4d5h',
      duration: { years: 1, months: 2, days: 25, hours: 5 },
      shortest: '1y2m25d5h',
    },
    { text: '0y1h', duration: lasting({ hours: 1 }), shortest: '1h' },
    { text: '0h1y', duration: undefined },
    { text: '999y', duration: lasting({ years: 999 }), shortest: '999y' },
    { text: '9999m', duration: lasting({ months: 9_999 }), shortest: '9999m' },
    { text: '99999d', duration: lasting({ days: 99_999 }), shortest: '99999d' },
    { text: '999999h', duration: lasting({ hours: 999_999 }), shortest: '999999h' },
  ])('$text means $shortest', ({ text, duration, shortest }) => {
    expect(parseDuration(text)).toEqual(duration);
    if (duration !== undefined) expect(durationText(duration)).toBe(shortest);
  });

  it.each([
    ...[
      '',
      '0h',
      '0y0m0w0d0h',
      '7',
      'd',
      '7D',
      '7 d',
      ' 7d',
      '7d ',
      '7d\n',
      '-7d',
      '+7d',
      '1.5d',
      '1d7y',
      '1d1d',
    ],
    ...['1000y', '10000m', '10000w', '100000d', '1000000h', 'PT1H', 'x7d', '7dx', '1e3h', '٧d'],
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('of more days than can be written is none', () => {
    expect(parseDuration('9999w30006d')).toEqual(lasting({ days: 99_999 }));
    expect(parseDuration('9999w30007d')).toBeUndefined();
  });

  it('is written so that it reads the same again', () => {
    const units = fc.tuple(...['y', 'm', 'w', 'd', 'h'].map((unit) => aPart(unit)));
    fc.assert(
      fc.property(
        fc.oneof(
          units.map((parts) => parts.join('')),
          anyText({ maxLength: 6 }),
        ),
        (text) => {
          const duration = parseDuration(text);
          if (duration !== undefined) expect(parseDuration(durationText(duration))).toEqual(duration);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const aPart = (unit: string): fc.Arbitrary<string> =>
  fc.option(fc.integer({ min: 0, max: 99_999 })).map((amount) => (amount === null ? '' : `${amount}${unit}`));
