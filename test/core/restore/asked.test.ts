import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedMoment, type MomentOptions } from '../../../shared/core/restore/asked.ts';
import { localText, momentText, spanText } from '../../../shared/core/restore/moment-text.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { isoInstant, SECOND_MS } from '../../../shared/model/instant.ts';
import { always } from '../calendar/always.ts';
import { aMoment, aZone } from '../calendar/arbitraries.ts';

const NOW = Date.parse('2026-11-28T12:00:00.700Z');

const asked = (options: MomentOptions, machineZone = 'Europe/Zurich') =>
  askedMoment(options, { now: NOW, machineZone });

const secondOf = (options: MomentOptions, machineZone?: string): string => {
  const { moment } = asked(options, machineZone);
  return moment.kind === 'second' ? isoInstant(moment.at) : moment.kind;
};

const refusal = (options: MomentOptions, machineZone?: string): UserError => {
  try {
    asked(options, machineZone);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`was read as ${secondOf(options, machineZone)}`);
};

describe('a time that means one second is read', () => {
  it.each<readonly [at: string, tz: string | undefined, second: string]>([
    ['2026-11-20T10:00+09:00', undefined, '2026-11-20T01:00:00Z'],
    ['2026-11-20T10:00Z', undefined, '2026-11-20T10:00:00Z'],
    ['2026-11-20 10:00:07Z', undefined, '2026-11-20T10:00:07Z'],
    ['2026-11-20 10:00 UTC', undefined, '2026-11-20T10:00:00Z'],
    ['2026-11-20t10:00z', undefined, '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:07.000-0530', undefined, '2026-11-20T15:30:07Z'],
    ['2026-11-20T10:00+09', undefined, '2026-11-20T01:00:00Z'],
    ['2026-11-20T10:00-00:00', undefined, '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00', 'Europe/Zurich', '2026-11-20T09:00:00Z'],
    ['2026-07-20T10:00', 'Europe/Zurich', '2026-07-20T08:00:00Z'],
    ['2026-07-20T10:00', 'America/New_York', '2026-07-20T14:00:00Z'],
    ['2026-11-20T10:00', 'America/New_York', '2026-11-20T15:00:00Z'],
    ['2026-01-20T10:00', 'Australia/Sydney', '2026-01-19T23:00:00Z'],
    ['2026-07-20T10:00', 'Australia/Sydney', '2026-07-20T00:00:00Z'],
    ['2026-01-20T10:00', 'Australia/Lord_Howe', '2026-01-19T23:00:00Z'],
    ['2026-07-20T10:00', 'Australia/Lord_Howe', '2026-07-19T23:30:00Z'],
    // An offset chooses between the two readings of the hour that happens twice.
    ['2026-10-25T02:30+02:00', 'Europe/Zurich', '2026-10-25T00:30:00Z'],
    ['2026-10-25T02:30+01:00', 'Europe/Zurich', '2026-10-25T01:30:00Z'],
    // Z says nothing of a place: the zone is whose clock it is shown by.
    ['2026-07-20T10:00Z', 'Europe/Zurich', '2026-07-20T10:00:00Z'],
    ['2024-02-29T10:00Z', undefined, '2024-02-29T10:00:00Z'],
  ])('%s --tz %s is %s', (at, tz, second) => {
    expect(secondOf({ at, tz })).toBe(second);
  });

  it.each([
    ['2h', '2026-11-28T10:00:00Z'],
    ['90min', '2026-11-28T10:30:00Z'],
    ['1d12h', '2026-11-27T00:00:00Z'],
    ['2 h 14 min', '2026-11-28T09:46:00Z'],
    ['2 h 14 min ago', '2026-11-28T09:46:00Z'],
    ['45s', '2026-11-28T11:59:15Z'],
    ['5w', '2026-10-24T12:00:00Z'],
  ])('--ago %s is %s, a whole second', (ago, second) => {
    expect(secondOf({ ago })).toBe(second);
  });

  it('and printed on any clock is read as the same second', () => {
    always({ from: fc.tuple(aMoment, aZone, fc.boolean()) }, ([instant, zone, withZone]) => {
      const at = Math.floor(Math.max(instant, Date.UTC(2013, 0)) / SECOND_MS) * SECOND_MS;
      const tz = withZone ? zone : undefined;
      expect(secondOf({ at: localText(at, zone), tz })).toBe(isoInstant(at));
      expect(secondOf({ at: isoInstant(at), tz })).toBe(isoInstant(at));
    });
  });

  it('and what the wall shows is read as the only second it can mean, or refused with each that it can', () => {
    always({ from: fc.tuple(aMoment, aZone) }, ([instant, zone]) => {
      const at = Math.floor(Math.max(instant, Date.UTC(2013, 0)) / SECOND_MS) * SECOND_MS;
      const wall = localText(at, zone).slice(0, 19);
      try {
        expect(secondOf({ at: wall, tz: zone })).toBe(isoInstant(at));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.content.code).toBe('time-happens-twice');
        expect(error.content.what).toContain(isoInstant(at));
        expect(error.content.fix).toContain(localText(at, zone));
      }
    });
  });
});

describe('a time that does not mean one second is refused with what to write', () => {
  it.each<readonly [MomentOptions, machineZone: string, message: string]>([
    [
      { at: '2026-11-20T10:00' },
      'Europe/Zurich',
      '2026-11-20T10:00 has no time zone: 10:00Z, or 09:00Z if you mean Europe/Zurich (this machine)? Write --at 2026-11-20T10:00:00Z or --at 2026-11-20T10:00:00+01:00.',
    ],
    [
      { at: '2026-11-20T05:00:07' },
      'Asia/Tokyo',
      '2026-11-20T05:00:07 has no time zone: 05:00:07Z, or 2026-11-19T20:00:07Z if you mean Asia/Tokyo (this machine)? Write --at 2026-11-20T05:00:07Z or --at 2026-11-20T05:00:07+09:00.',
    ],
    [
      { at: '2026-10-25T02:30' },
      'Europe/Zurich',
      '2026-10-25T02:30 has no time zone: 02:30Z, or 00:30Z or 01:30Z if you mean Europe/Zurich (this machine)? Write --at 2026-10-25T02:30:00Z or --at 2026-10-25T02:30:00+02:00 or --at 2026-10-25T02:30:00+01:00.',
    ],
    [
      { at: '2026-11-20T10:00' },
      'UTC',
      '2026-11-20T10:00 has no time zone. Write --at 2026-11-20T10:00:00Z; or say whose clock it is, such as --tz Europe/Zurich.',
    ],
    [
      { at: '2026-10-25T02:30', tz: 'Europe/Zurich' },
      'UTC',
      '2026-10-25T02:30 happens twice in Europe/Zurich, because clocks go back: at 2026-10-25T00:30:00Z and at 2026-10-25T01:30:00Z. Write --at 2026-10-25T02:30:00+02:00 or --at 2026-10-25T02:30:00+01:00.',
    ],
    [
      { at: '2026-11-01T01:30', tz: 'America/New_York' },
      'UTC',
      '2026-11-01T01:30 happens twice in America/New_York, because clocks go back: at 2026-11-01T05:30:00Z and at 2026-11-01T06:30:00Z. Write --at 2026-11-01T01:30:00-04:00 or --at 2026-11-01T01:30:00-05:00.',
    ],
    [
      { at: '2026-04-05T01:45', tz: 'Australia/Lord_Howe' },
      'UTC',
      '2026-04-05T01:45 happens twice in Australia/Lord_Howe, because clocks go back: at 2026-04-04T14:45:00Z and at 2026-04-04T15:15:00Z. Write --at 2026-04-05T01:45:00+11:00 or --at 2026-04-05T01:45:00+10:30.',
    ],
    [
      { at: '2026-03-29T02:30', tz: 'Europe/Zurich' },
      'UTC',
      '2026-03-29T02:30 never happens in Europe/Zurich, because clocks go forward: 2026-03-29T01:59:59+01:00 (2026-03-29T00:59:59Z) is followed by 2026-03-29T03:00:00+02:00 (2026-03-29T01:00:00Z). Write --at 2026-03-29T01:59:59+01:00 or --at 2026-03-29T03:00:00+02:00.',
    ],
    [
      { at: '2026-10-04T02:15', tz: 'Australia/Lord_Howe' },
      'UTC',
      '2026-10-04T02:15 never happens in Australia/Lord_Howe, because clocks go forward: 2026-10-04T01:59:59+10:30 (2026-10-03T15:29:59Z) is followed by 2026-10-04T02:30:00+11:00 (2026-10-03T15:30:00Z). Write --at 2026-10-04T01:59:59+10:30 or --at 2026-10-04T02:30:00+11:00.',
    ],
    [
      { at: '2026-07-20T10:00+01:00', tz: 'Europe/Zurich' },
      'UTC',
      '2026-07-20T10:00+01:00 contradicts --tz Europe/Zurich, whose clocks are at +02:00 then, not at +01:00. Write --at 2026-07-20T10:00:00+02:00 or --at 2026-07-20T09:00:00Z.',
    ],
    [
      { at: '2026-11-20T10:00', tz: 'Europe/Zurch' },
      'UTC',
      '--tz Europe/Zurch is not a time zone. Did you mean Europe/Zurich?',
    ],
    [
      { at: '2026-11-20T10:00:00.123Z' },
      'UTC',
      '--at 2026-11-20T10:00:00.123Z is not a whole second. A restore goes to whole seconds: leave out the fraction, or write the second after it.',
    ],
    [{ ago: '30m' }, 'UTC', '--ago 30m is not a span of time. Write --ago 30min if minutes are meant.'],
    [{ at: '2026-11-20T10:00Z', ago: '2h' }, 'UTC', '--at and --ago name a moment each. Give one of them.'],
  ])('%o on a machine in %s', (options, machineZone, message) => {
    expect(refusal(options, machineZone).message).toBe(message);
  });

  it.each([
    'yesterday',
    'now',
    '',
    '2026-11-20',
    '2026-02-29T10:00Z',
    '2026-13-01T10:00Z',
    '2026-00-10T10:00Z',
    '2026-11-00T10:00Z',
    '2026-11-20T24:00Z',
    '2026-11-20T10:60Z',
    '2026-11-20T10:00:60Z',
    '2026-11-20T10:00+15:00',
    '2026-11-20T10:00+01:75',
    '1970-01-01T00:00Z',
    '20/11/2026 10:00Z',
    '2026-11-20T10:00 CET',
  ])('--at %s is not a time', (at) => {
    expect(refusal({ at }).content.code).toBe('not-a-time');
  });

  it.each(['', '0h', '-2h', '2', 'h', '2h2h', '1y'])('--ago %s is not a span', (ago) => {
    expect(refusal({ ago }).content.code).toBe('not-a-span');
  });
});

describe('a moment that is no second', () => {
  const IN_VAULT = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1EB3B5E7-A1';
  const ID = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149-73d8d5bc';

  it.each<readonly [MomentOptions, object]>([
    [{ at: 'latest' }, { kind: 'latest' }],
    [{ at: 'Latest' }, { kind: 'latest' }],
    [{}, { kind: 'open' }],
    [{ recoveryPoint: ID }, { kind: 'recovery-point', id: ID, table: 'orders' }],
    [{ recoveryPoint: ` ${IN_VAULT} ` }, { kind: 'recovery-point', id: IN_VAULT }],
  ])('%o is %o', (options, moment) => {
    expect(asked(options).moment).toEqual(moment);
  });

  it.each([
    ['orders', 'as it is listed'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'as it is listed'],
    ['arn:aws:ec2:eu-west-1::snapshot/snap-1', 'as it is listed'],
    ['arn:aws:backup:eu-west-1:111122223333:backup-vault:main', 'as it is listed'],
  ])('%s is no recovery point: %s', (recoveryPoint, fix) => {
    const { content } = refusal({ recoveryPoint });
    expect(content.code).toBe('not-a-recovery-point');
    expect(content.fix).toContain(fix);
  });

  it('is shown by the zone that was given, else by the machine', () => {
    expect(asked({ at: 'latest', tz: 'Asia/Tokyo' }).zone).toBe('Asia/Tokyo');
    expect(asked({ at: 'latest' }).zone).toBe('Europe/Zurich');
  });
});

describe('a moment is shown', () => {
  it('in UTC, on the clock of its reader, and by how long ago it was', () => {
    const at = Date.parse('2026-11-28T09:46:00Z');
    expect(momentText(at, { zone: 'Asia/Tokyo', now: NOW })).toBe(
      '2026-11-28T09:46:00Z (2026-11-28T18:46:00+09:00 in Asia/Tokyo, 2 h 14 min ago)',
    );
    expect(momentText(at, { zone: 'UTC', now: NOW })).toBe('2026-11-28T09:46:00Z (2 h 14 min ago)');
    expect(momentText(NOW + 90_000, { zone: 'UTC', now: NOW })).toBe('2026-11-28T12:01:30Z (in 1 min 30 s)');
  });

  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [303_000, '5 min 3 s'],
    [3_600_000, '1 h'],
    [3_605_000, '1 h'],
    [86_400_000, '1 day'],
    [2 * 86_400_000 + 3 * 3_600_000, '2 days 3 h'],
  ])('%i ms is %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
