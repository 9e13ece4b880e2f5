import { describe, expect, it } from 'vitest';
import { createLife, remember } from '../../prove/invariants/life.ts';
import { restartsAreTold } from '../../prove/invariants/restarts-are-told.ts';
import type { FileSpec } from '../../prove/story/file-spec.ts';
import { sightingOf, unsureOf } from '../../prove/truth/restarts.ts';
import type { RunRecord, TableThen } from '../../prove/world/record.ts';

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

describe('what an audit says of a window', () => {
  const MINUTE_MS = 60_000;
  const RESTARTED = 'pitr-window-restarted/Orders';

  const asked = (tableName: string) => ({
    operation: 'DescribeContinuousBackups',
    body: JSON.stringify({ TableName: tableName }),
    answer: 'ok',
  });

  /** An audit of a table whose recovery has been on for so many days. */
  const anAudit = (onFor: number, changes: Partial<RunRecord>, open: readonly string[] = []): RunRecord =>
    ({
      mode: 'audit',
      end: 'whole',
      overlapped: false,
      skewMs: 0,
      eventAheadMs: 0,
      tagsMoved: false,
      endedAt: NOW,
      calls: [asked('Orders')],
      made: [],
      copied: [],
      deleted: [],
      pitrChanged: [],
      told: [],
      digests: 0,
      before: { at: NOW, file, tables: [tableOnFor(onFor)] },
      later: { at: NOW, file, tables: [tableOnFor(onFor)] },
      report: { observation: {}, openFindings: open.map((id) => ({ id })) },
      ...changes,
    }) as unknown as RunRecord;

  const LATE = { endedAt: NOW + 14 * MINUTE_MS };

  it.each([
    { name: 'not where it had no time to ask', changes: { ...LATE, calls: [] }, held: false },
    {
      name: 'not where it asked for another only',
      changes: { ...LATE, calls: [asked('Users')] },
      held: false,
    },
    { name: 'where it asked at last', changes: LATE, held: true },
    { name: 'where it had the time to ask', changes: { calls: [] }, held: true },
  ])('is held against it $name', ({ changes, held }) => {
    const falseAlarm = restartsAreTold(anAudit(40, changes, [RESTARTED]), createLife());
    expect(falseAlarm).toHaveLength(held ? 1 : 0);
  });

  it.each([
    { name: 'told by the next', open: [RESTARTED], breaches: [] },
    {
      name: 'kept by the next',
      open: [],
      breaches: ['the window of Orders has restarted, and nobody is told'],
    },
  ])('is still to be told after one without time, and is $name', ({ open, breaches }) => {
    const life = createLife();
    life.sightings.set('Orders', seenOnFor(20));
    remember(life, anAudit(3, { ...LATE, calls: [] }));
    expect(life.sightings.get('Orders')).toEqual(seenOnFor(20));
    expect(restartsAreTold(anAudit(3, {}, open), life)).toEqual(breaches);
  });

  it('is uncertain after one that ran beside another, whatever it asked for', () => {
    const life = createLife();
    life.sightings.set('Orders', seenOnFor(20));
    remember(life, anAudit(3, { ...LATE, calls: [], overlapped: true }));
    expect(life.sightings.get('Orders')).toEqual(unsureOf(tableOnFor(3)));
  });
});
