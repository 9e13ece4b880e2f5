import * as fc from 'fast-check';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';

/** Zones that differ in what they do to their clocks: never, by an hour, by half an hour, at midnight, by a whole day once. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Asuncion',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;

export const aZone = fc.constantFrom(...ZONES);

// Moments at which clocks changed, so that the neighbourhood of changes is met as often as the rest of the year.
const CHANGES = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2018-11-04T03:00Z',
  '2026-04-23T22:00Z',
  '2026-10-29T21:00Z',
  '2026-02-15T02:00Z',
  '2023-10-01T04:00Z',
  '2026-10-03T15:30Z',
  '2026-04-04T15:00Z',
  '2011-12-30T10:00Z',
  '2006-04-02T03:31Z',
].map((text) => Date.parse(text));

const nearAChange = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }))
  .map(([change, distance]) => change + distance);

/** Any moment from 1990 to 2060, as often as not near a clock change, to the second. */
export const aMoment = fc
  .oneof(nearAChange, fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) }))
  .map((moment) => Math.floor(moment / 1_000) * 1_000);

const list = (values: fc.Arbitrary<string>) =>
  fc.uniqueArray(values, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));

const numberIn = (min: number, max: number) => fc.integer({ min, max }).map(String);

const rangeIn = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`);

const step = fc.tuple(fc.constant('*'), fc.constantFrom(2, 3, 5)).map(([star, size]) => `${star}/${size}`);

const field = (min: number, max: number) =>
  fc.oneof(fc.constant('*'), list(fc.oneof(numberIn(min, max), rangeIn(min, max))), step);

/** Right crons of every shape, whatever the distance of their slots. */
export const aCron = fc
  .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 7))
  .map((fields) => fields.join(' '));

/** Crons that ask for one recovery point a day. */
export const aDailyCron = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${minute % 60} ${Math.floor((minute * MINUTE_MS) / HOUR_MS)} * * *`);
