import { describe, expect, it } from 'vitest';
import type { FileSpec } from '../../prove/story/file-spec.ts';
import { sightingOf, unsureOf } from '../../prove/truth/restarts.ts';
import type { TableThen } from '../../prove/world/record.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const NOW = Date.parse('2026-11-25T05:00:00Z');
const daysAgo = (days: number): number => NOW - days * DAY_MS;

const file: FileSpec = {
  timezone: 'UTC',
  guardrail: { maxShare: 0.5, floor: 5 },
  policies: [
    {
      name: 'gold',
      rhythm: { minute: 0, hour: 3 },
      retention: {},
      rpoHours: 26,
      pitr: { days: 35, onDrift: 'repair' },
    },
  ],
};

/** Made a year ago, with recovery that has been on for so many days. */
const tableOnFor = (days: number, overrides: Partial<TableThen> = {}): TableThen => ({
  id: 'first',
  name: 'Orders',
  tags: { 'backup:policy': 'gold' },
  pitr: { enabledAt: daysAgo(days), floor: daysAgo(days), recoveryPeriodDays: 35 },
  shownStatus: undefined,
  createdAt: daysAgo(365),
  ...overrides,
});

const seenOnFor = (days: number, hasRestarted = false) => ({
  tableId: 'first',
  startsAt: daysAgo(days),
  days: 35,
  hasRestarted,
});

describe('that a window has restarted', () => {
  it.each([
    { name: 'is so when it began after what was seen', days: 3, before: seenOnFor(20), is: true },
    { name: 'stays so while it grows', days: 3, before: seenOnFor(3, true), is: true },
    { name: 'is over when it has grown back', days: 36, before: seenOnFor(34, true), is: false },
    { name: 'is not so while it only grows', days: 3, before: seenOnFor(3), is: false },
    { name: 'is not so when it is first seen', days: 3, before: undefined, is: false },
    {
      name: 'is not so of another table by the name',
      days: 3,
      before: { ...seenOnFor(20), tableId: 'former' },
      is: false,
    },
    { name: 'is open within the hours of tolerance', days: 19.95, before: seenOnFor(20), is: undefined },
    {
      name: 'is open where nobody knows what was seen',
      days: 3,
      before: unsureOf(tableOnFor(3)),
      is: undefined,
    },
    { name: 'is not open once it is whole', days: 40, before: unsureOf(tableOnFor(40)), is: false },
  ])('$name', ({ days, before, is }) => {
    expect(sightingOf(tableOnFor(days), { at: NOW, file }, before)?.hasRestarted).toBe(is);
  });

  it.each([
    { name: 'is off', table: tableOnFor(3, { pitr: undefined }) },
    { name: 'is not promised', table: tableOnFor(3, { tags: {} }) },
  ])('leaves what was seen as it was where recovery $name', ({ table }) => {
    expect(sightingOf(table, { at: NOW, file }, seenOnFor(20))).toEqual(seenOnFor(20));
  });

  it.each([
    { name: 'out of reach', table: tableOnFor(3, { shownStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }) },
    { name: 'only just made', table: tableOnFor(3, { createdAt: NOW - HOUR_MS / 2 }) },
  ])('says nothing of a table that is $name', ({ table }) => {
    expect(sightingOf(table, { at: NOW, file }, seenOnFor(20))).toEqual(unsureOf(table));
  });
});
