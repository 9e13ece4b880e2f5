import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, durationText, durationWords, parseDuration } from '../../shared/model/duration.ts';
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
    { text: '9999m', duration: lasting({ months: 9_999 }), shortest: '9999mo' },
    { text: '6mo', duration: lasting({ months: 6 }), shortest: '6mo' },
    { text: '1y6mo', duration: lasting({ years: 1, months: 6 }), shortest: '1y6m' },
    { text: '90min', duration: lasting({ minutes: 90 }), shortest: '90min' },
    { text: '1h30min', duration: lasting({ hours: 1, minutes: 30 }), shortest: '1h30min' },
    { text: '1m30min', duration: lasting({ months: 1, minutes: 30 }), shortest: '1m30min' },
    { text: '1h0min', duration: lasting({ hours: 1 }), shortest: '1h' },
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
    ...[
      '1000y',
      '10000m',
      '10000w',
      '100000d',
      '1000000h',
      'PT1H',
      '0min',
      '1h30m',
      '30min1h',
      '90mi',
      '90m in',
      '1000000min',
      'x7d',
      '7dx',
      '1e3h',
      '٧d',
    ],
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('of more days than can be written is none', () => {
    expect(parseDuration('9999w30006d')).toEqual(lasting({ days: 99_999 }));
    expect(parseDuration('9999w30007d')).toBeUndefined();
  });

  it('is written so that it reads the same again', () => {
    const units = fc.tuple(...['y', 'mo', 'w', 'd', 'h', 'min'].map((unit) => aPart(unit)));
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

describe('a duration written out', () => {
  it.each([
    { text: '48h', words: '48 hours' },
    { text: '1h', words: '1 hour' },
    { text: '1y6m', words: '1 year 6 months' },
    { text: '2w', words: '14 days' },
    { text: '26h24min', words: '26 hours 24 minutes' },
    { text: '1m1min', words: '1 month 1 minute' },
  ])('$text is $words', ({ text, words }) => {
    expect(durationWords(parseDuration(text) ?? lasting({}))).toBe(words);
  });
});

const aPart = (unit: string): fc.Arbitrary<string> =>
  fc.option(fc.integer({ min: 0, max: 99_999 })).map((amount) => (amount === null ? '' : `${amount}${unit}`));
