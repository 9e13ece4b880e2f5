import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutedBy } from '../../../shared/core/alert/explained.ts';
import { type Mute, muteOf } from '../../../shared/core/scene/mute.ts';
import { DAY_MS, HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { MUTE_TAG } from '../../../shared/model/table.ts';
import { adviceText } from '../../support/advice-text.ts';
import { anyText } from '../../support/any-text.ts';
import { aContext } from '../../support/check-context.ts';
import { decide } from '../../support/decide.ts';
import { aFailure } from '../../support/failures.ts';
import { findingsOf } from '../../support/find.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aTable,
  aTaggedTable,
  NO_MEMORY,
  NOW,
  PITR_OFF,
  somePolicies,
} from '../../support/world.ts';
import { anyOpenFinding } from '../alert/random-findings.ts';

const taggedUntil = (value: string) => ({ 'backup:policy': 'standard', [MUTE_TAG]: value });

const muteUntil = (value: string, timezone = 'UTC'): Mute =>
  muteOf(
    aTaggedTable({ tags: taggedUntil(value) }),
    somePolicies({ policies: [aPolicy({ timezone })] }),
    NOW,
    undefined,
  );

describe('the tag of a mute', () => {
  const utc = (month: number, day: number, hour = 0): number => Date.UTC(2026, month - 1, day, hour);

  it.each([
    { name: 'lasts until its day begins', value: '2026-12-01', until: utc(12, 1) },
    {
      name: "begins that day in the policies' zone",
      value: '2026-12-01',
      zone: 'Asia/Seoul',
      until: utc(11, 30, 15),
    },
    { name: 'may name a moment', value: '2026-11-24T06:00:00Z', until: utc(11, 24, 6) },
    { name: 'may name a moment without seconds', value: '2026-11-24T06:00Z', until: utc(11, 24, 6) },
    { name: 'may name a moment anywhere', value: '2026-11-24T06:00:00+09:00', until: utc(11, 23, 21) },
    {
      name: "may name a moment anywhere, whatever the policies' zone",
      value: '2026-11-24T06:00:00Z',
      zone: 'Asia/Seoul',
      until: utc(11, 24, 6),
    },
    {
      name: "reads a time without an offset in the policies' zone",
      value: '2026-11-24T06:00',
      zone: 'Asia/Seoul',
      until: utc(11, 23, 21),
    },
    { name: 'may have spaces around it', value: ' 2026-12-01 ', until: utc(12, 1) },
    { name: 'may lie exactly 90 days ahead', value: isoInstant(NOW + 90 * DAY_MS), until: NOW + 90 * DAY_MS },
  ])('$name', ({ value, zone, until }) => {
    expect(muteUntil(value, zone)).toEqual({ kind: 'muted', until });
  });

  it('may lie 90 days of the calendar ahead, and lasts 90 days of the clock where clocks that go back make them an hour longer', () => {
    const table = aTaggedTable({ tags: taggedUntil('2026-12-20') });
    const policies = somePolicies({ policies: [aPolicy({ timezone: 'Europe/Berlin' })] });
    const now = Date.parse('2026-09-20T22:00Z');
    expect(muteOf(table, policies, now, undefined)).toEqual({
      kind: 'muted',
      until: Date.parse('2026-12-19T22:00Z'),
    });
    expect(muteOf(table, policies, now - MINUTE_MS, undefined).kind).toBe('refused');
  });

  it.each([
    { name: 'mutes nothing once its time has come', value: isoInstant(NOW) },
    { name: 'mutes nothing when it is of yesterday', value: '2026-11-22' },
    { name: 'mutes nothing on its own day', value: '2026-11-23' },
  ])('$name', ({ value }) => {
    expect(muteUntil(value)).toEqual({ kind: 'none' });
  });

  it.each([
    ...[
      '',
      'true',
      'tomorrow',
      '01.12.2026',
      'until 2026-12-01',
      '2026-12-01 or so',
      '2026-13-01',
      '2026-02-30',
      '2026-12-01T25:00Z',
      '1793000000',
    ].map((value) => ({ value, why: 'unreadable' })),
    { value: '2027-03-01', why: 'too-far' },
    { value: isoInstant(NOW + 90 * DAY_MS + 1000), why: 'too-far' },
  ])('is refused when it says "$value"', ({ value, why }) => {
    expect(muteUntil(value)).toEqual({ kind: 'refused', value, why });
  });

  it('is never read as anything without an end in sight, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.date().map(String)), (value) => {
        const mute = muteUntil(value);
        if (mute.kind === 'muted') expect(mute.until - NOW).toBeLessThanOrEqual(90 * DAY_MS);
      }),
    );
  });

  it('is read in UTC where there is no policy', () => {
    const table = aTaggedTable({ tags: taggedUntil('2026-12-01') });
    expect(muteOf(table, somePolicies({ policies: [] }), NOW, undefined)).toEqual({
      kind: 'muted',
      until: utc(12, 1),
    });
  });

  it('is not there on most tables', () => {
    expect(muteOf(aTaggedTable(), somePolicies(), NOW, undefined)).toEqual({ kind: 'none' });
  });
});

const MUTED = aTable({ tags: taggedUntil('2026-12-01'), pitr: PITR_OFF });

const findingsWith = (table: TaggedTable, openFindings: readonly OpenFinding[] = []) =>
  findingsOf(aContext({ observation: anObservation({ tables: [table] }), openFindings }));

describe('a muted table', () => {
  it('is a finding itself, with what it holds back', () => {
    const failing = anOpenFinding({ id: 'backups-failing/Orders/standard', kind: 'backups-failing' });
    const before = [failing, anOpenFinding(), anOpenFinding({ id: 'muted/Orders', kind: 'muted' })];
    const muted = findingsWith(MUTED, before).find(({ kind }) => kind === 'muted');
    expect(muted).toMatchObject({
      id: 'muted/Orders',
      severity: 'info',
      table: 'Orders',
      cause: 'until 2026-12-01 00:00 UTC',
      until: Date.parse('2026-12-01T00:00Z'),
      fact: 'Findings of Orders are held back until 2026-12-01 00:00 UTC, as its tag backup:mute-until says; 2 findings so far.',
    });
    expect(adviceText(muted?.advice)).toContain(
      'aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tag-keys backup:mute-until',
    );
  });

  it('is a warning when its tag cannot be read, which says what to write', () => {
    const [refused, ...others] = findingsWith(aTable({ tags: taggedUntil('tomorrow') }));
    expect(others).toEqual([]);
    expect(refused).toMatchObject({
      id: 'mute-refused/Orders',
      severity: 'warning',
      fact: 'The tag backup:mute-until of Orders says "tomorrow", which is no date: nothing is muted.',
    });
  });

  it('is not told of before it was confirmed to be there', () => {
    expect(findingsWith(aTaggedTable({ tags: taggedUntil('2026-12-01') }))).toEqual([]);
    expect(findingsWith(aTaggedTable({ tags: taggedUntil('tomorrow') }))).toEqual([]);
  });

  const sight = {
    observation: anObservation({ tables: [MUTED, aTable({ name: 'Users' })] }),
    openFindings: [],
    memory: NO_MEMORY,
    policies: somePolicies(),
    now: NOW,
  };
  const isMuted = mutedBy(sight);
  it.each([
    { name: 'its own findings wait', finding: anOpenFinding(), is: true },
    { name: "another table's do not", finding: anOpenFinding({ table: 'Users' }), is: false },
    { name: 'the one that says so does not', finding: anOpenFinding({ kind: 'muted' }), is: false },
  ])('$name', ({ finding, is }) => {
    expect(isMuted(finding)).toBe(is);
  });

  const renewed = mutedBy({
    ...sight,
    memory: {
      ...NO_MEMORY,
      mutes: [
        {
          mutedTable: 'Orders',
          spells: [{ from: NOW - DAY_MS, until: NOW + DAY_MS }],
          renewedAt: NOW - HOUR_MS,
        },
      ],
    },
  });
  it.each([
    {
      name: 'what is critical underneath is said',
      finding: { openedAt: NOW - DAY_MS, notifiedAt: NOW - DAY_MS },
      is: false,
    },
    { name: 'and what the same run found first', finding: { openedAt: NOW - HOUR_MS + 1 }, is: false },
    {
      name: 'and is not once it was',
      finding: { openedAt: NOW - DAY_MS, notifiedAt: NOW - HOUR_MS + 1 },
      is: true,
    },
    { name: 'a warning waits', finding: { openedAt: NOW - DAY_MS, severity: 'warning' as const }, is: true },
    { name: 'what came after it waits', finding: { openedAt: NOW - HOUR_MS / 2 }, is: true },
  ])('once it is renewed, $name', ({ finding, is }) => {
    const { notifiedAt: _, ...untold } = anOpenFinding();
    expect(renewed({ ...untold, ...finding })).toBe(is);
  });

  const blind = anObservation({ tables: [], gaps: [{ facet: 'tags', failure: aFailure('access denied') }] });
  const openMute = anOpenFinding({ id: 'muted/Orders', kind: 'muted' });
  it.each([
    {
      name: 'stays while the tags cannot be read',
      observation: blind,
      openedAt: NOW - 89 * DAY_MS,
      is: true,
    },
    { name: 'is over by then at the latest', observation: blind, openedAt: NOW - 90 * DAY_MS, is: false },
    {
      name: 'stays for longer where it was prolonged',
      observation: blind,
      openedAt: NOW - 100 * DAY_MS,
      until: NOW + DAY_MS,
      is: true,
    },
    {
      name: 'is over when its own time is, whatever else there is time for',
      observation: blind,
      openedAt: NOW - DAY_MS,
      until: NOW,
      is: false,
    },
    {
      name: 'is over once the tag is seen to be gone',
      observation: anObservation(),
      openedAt: NOW,
      is: false,
    },
  ])('what was told of before $name', ({ observation, openedAt, until, is }) => {
    const openFindings = [{ ...openMute, openedAt, ...(until !== undefined && { until }) }];
    expect(mutedBy({ ...sight, observation, openFindings })(anOpenFinding())).toBe(is);
  });

  it('does not stay for a table that was not muted, nor for findings of other kinds', () => {
    const openFindings = [anOpenFinding(), openMute];
    const teller = mutedBy({ ...sight, observation: blind, openFindings });
    expect(teller(anOpenFinding({ table: 'Users' }))).toBe(false);
    expect(mutedBy({ ...sight, observation: blind, openFindings: [anOpenFinding()] })(anOpenFinding())).toBe(
      false,
    );
  });

  it('lets findings of the whole target through', () => {
    const { table: _, ...whole } = anOpenFinding({ kind: 'coverage-dropped' });
    expect(isMuted(whole)).toBe(false);
  });
});

describe('a finding of a muted table', () => {
  const found = [{ ...anOpenFinding(), severity: 'critical' as const }].map(
    ({ openedAt: _o, notifiedAt: _n, ...rest }) => rest,
  );
  const situation = { found, judged: new Set([anOpenFinding().id]), isMuted: () => true, now: NOW };
  const told = (overrides: Partial<OpenFinding> = {}) =>
    anOpenFinding({ notifiedAt: NOW - 40 * HOUR_MS, ...overrides });

  it.each([
    { name: 'is kept open and not told', open: [] },
    { name: 'is not reminded of', open: [told()] },
    { name: 'is not told as worse', open: [told({ severity: 'warning' })] },
  ])('$name', ({ open }) => {
    const decision = decide({ ...situation, openFindings: open });
    const { opened, worsened, reminders, resolved } = decision.news;
    expect([opened, worsened, reminders, resolved].flat()).toEqual([]);
    expect(decision.open).toHaveLength(1);
  });

  it.each([
    { name: 'is told as new when the mute ends', open: [], list: 'opened' as const },
    { name: 'is reminded of when the mute ends', open: [told()], list: 'reminders' as const },
    {
      name: 'is told as worse when the mute ends',
      open: [told({ severity: 'warning' })],
      list: 'worsened' as const,
    },
  ])('$name', ({ open, list }) => {
    const during = decide({ ...situation, openFindings: open });
    const after = decide({ ...situation, openFindings: during.open, isMuted: () => false });
    expect(after.news[list].map(({ id }) => id)).toEqual([anOpenFinding().id]);
  });

  it('is told as over when people knew of it, and ends in silence when they did not', () => {
    const resolve = (open: OpenFinding) =>
      decide({ ...situation, found: [], openFindings: [open] }).news.resolved;
    const { notifiedAt: _, ...untold } = told();
    expect(resolve(told())).toHaveLength(1);
    expect(resolve(untold)).toEqual([]);
  });

  it('is never told and never lost, whatever it is', () => {
    fc.assert(
      fc.property(anyOpenFinding, (finding) => {
        const decision = decide({ ...situation, found: [finding], openFindings: [] });
        expect(decision.news.opened).toEqual([]);
        expect(decision.open.map(({ id }) => id)).toEqual([finding.id]);
      }),
    );
  });
});
