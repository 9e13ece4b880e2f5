import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { longestIntervalMs } from '../../../shared/core/calendar/intervals.ts';
import { rpoMsOf } from '../../../shared/core/policy/compile.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { durationText, parseDuration } from '../../../shared/model/duration.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Policies, Policy } from '../../../shared/model/policy.ts';
import { NAME_PATTERN } from '../../../shared/model/recovery-point-name.ts';
import { always } from '../calendar/always.ts';
import { aZone } from '../calendar/arbitraries.ts';

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const aDuration = fc.constantFrom('48h', '7d', '2w', '6mo', '1y6m', '1d12h', '90min');
const aCount = optional(fc.integer({ min: 1, max: 500 }));

const aRetention = fc
  .record({
    last: aCount,
    hourly: aCount,
    daily: aCount,
    weekly: aCount,
    monthly: aCount,
    yearly: aCount,
    within: optional(aDuration),
  })
  .filter((rules) => Object.values(rules).some((rule) => rule !== undefined));

const aPitr = fc.record(
  {
    required: fc.boolean(),
    recoveryPeriodDays: fc.integer({ min: 1, max: 35 }),
    onDrift: fc.constantFrom('alert', 'repair'),
  },
  { requiredKeys: [] },
);

// Slots at least 15 minutes apart, whatever is drawn.
const aSchedule = fc
  .tuple(
    fc.constantFrom('0', '7', '59', '*/15', '*/30', '10,40'),
    fc.constantFrom('*', '3', '*/6', '2,14', '9-17'),
    fc.constantFrom('* * *', '1 * *', '* * MON-FRI', '1 1 *', '* */2 *', '13 * 5', '31 * *'),
  )
  .map((fields) => fields.join(' '));

/** Some intervals, so that it can be kept in any zone and still alerts somebody. */
const rpoOf = (schedule: string, intervals: number): string =>
  `${Math.ceil((intervals * longestIntervalMs({ schedule, timezone: 'UTC' })) / HOUR_MS) + 1}h`;

const aWrittenPolicy = fc
  .record({
    engine: optional(fc.constant('dynamodb')),
    schedule: aSchedule,
    retention: aRetention,
    pitr: optional(aPitr),
    intervals: optional(fc.constantFrom(2, 5)),
  })
  .map(({ intervals, ...policy }) => ({
    ...policy,
    ...(intervals !== undefined && { rpo: rpoOf(policy.schedule, intervals) }),
  }));

const aName = fc.stringMatching(NAME_PATTERN).filter((name) => name !== 'none');

const aFile = fc.record({
  tag: optional(fc.constantFrom('backup:policy', 'team/backup', 'Sicherung öffnen')),
  timezone: optional(aZone),
  guardrail: optional(
    fc.record({ maxShare: fc.constantFrom(0.1, 0.5, 1), floor: fc.nat(50) }, { requiredKeys: [] }),
  ),
  digest: optional(fc.constantFrom('0 8 * * 1', '0 */6 * * *').map((schedule) => ({ schedule }))),
  policies: fc.dictionary(aName, aWrittenPolicy, { minKeys: 1, maxKeys: 5 }),
});

/** Written as a person would have: without what is left out. */
const textOf = (file: unknown): string => stringify(JSON.parse(JSON.stringify(file)));

const writtenAgain = ({
  name: _,
  timezone: __,
  rpoMs,
  retention: { within, ...counts },
  pitr,
  ...policy
}: Policy) => ({
  ...policy,
  retention: { ...counts, ...(within && { within: durationText(within) }) },
  ...(pitr && { pitr }),
  rpo: rpoMs % HOUR_MS === 0 ? `${rpoMs / HOUR_MS}h` : `${rpoMs / MINUTE_MS}min`,
});

const fileOf = ({ tag, guardrail, digest, policies }: Policies) => ({
  tag,
  guardrail,
  ...(digest && { digest: { schedule: digest.schedule } }),
  timezone: policies[0]?.timezone,
  policies: Object.fromEntries(policies.map((policy) => [policy.name, writtenAgain(policy)])),
});

describe('any right file', () => {
  it('is compiled whole, sorted, with every promise it can keep', () => {
    always({ from: aFile }, (file) => {
      const { digest, policies, tag } = loadPolicies(textOf(file), 'policies.yml');
      expect(digest).toEqual(file.digest && { ...file.digest, timezone: file.timezone ?? 'UTC' });
      expect(tag).toBe(file.tag ?? 'backup:policy');
      expect(policies.map(({ name }) => name)).toEqual(Object.keys(file.policies).toSorted());
      for (const policy of policies) {
        const written = file.policies[policy.name];
        expect(policy.timezone).toBe(file.timezone ?? 'UTC');
        expect(policy.schedule).toBe(written?.schedule);
        expect(policy.rpoMs).toBeGreaterThanOrEqual(longestIntervalMs(policy));
        expect(policy.pitr !== undefined).toBe(
          written?.pitr !== undefined && written.pitr.required !== false,
        );
        const { within, ...counts } = written?.retention ?? {};
        const rules = Object.entries(counts).filter(([, count]) => count !== undefined);
        expect(policy.retention).toStrictEqual({
          ...Object.fromEntries(rules),
          ...(within !== undefined && { within: parseDuration(within) }),
        });
      }
    });
  });

  it('is the same however its policies are ordered', () => {
    always({ from: aFile }, (file) => {
      const reversed = { ...file, policies: Object.fromEntries(Object.entries(file.policies).toReversed()) };
      expect(loadPolicies(textOf(reversed), 'a')).toEqual(loadPolicies(textOf(file), 'a'));
    });
  });

  it('means the same when what was compiled is written out and read again', () => {
    const inWholeHours = ({ policies }: Policies) => policies.every(({ rpoMs }) => rpoMs % HOUR_MS === 0);
    always({ from: aFile }, (file) => {
      const compiled = loadPolicies(textOf(file), 'policies.yml');
      fc.pre(inWholeHours(compiled));
      expect(loadPolicies(textOf(fileOf(compiled)), 'policies.yml')).toEqual(compiled);
    });
  });

  it('survives JSON, as the bundles of the functions carry it', () => {
    always({ from: aFile }, (file) => {
      const compiled = loadPolicies(textOf(file), 'policies.yml');
      expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    });
  });
});

describe('pitr', () => {
  const load = (pitr: string) =>
    loadPolicies(`policies: { a: { schedule: "0 3 * * *", retention: { last: 1 }, pitr: ${pitr} } }`, 'a')
      .policies[0]?.pitr;

  it.each([
    {
      name: 'not required, it promises nothing',
      pitr: '{ required: false, recoveryPeriodDays: 7 }',
      promise: undefined,
    },
    {
      name: 'bare, it promises 35 days and alerts',
      pitr: '{}',
      promise: { recoveryPeriodDays: 35, onDrift: 'alert' },
    },
    {
      name: 'written, it promises what it says',
      pitr: '{ recoveryPeriodDays: 7, onDrift: repair }',
      promise: { recoveryPeriodDays: 7, onDrift: 'repair' },
    },
  ])('$name', ({ pitr, promise }) => {
    expect(load(pitr)).toEqual(promise);
  });
});

describe('rpo', () => {
  it.each([
    { name: 'an hourly schedule has an hour of grace', schedule: '0 * * * *', timezone: 'UTC', hours: 2 },
    { name: 'a daily one a tenth', schedule: '0 3 * * *', timezone: 'UTC', hours: 26.4 },
    { name: 'on top of the longest day', schedule: '0 3 * * *', timezone: 'Europe/Berlin', hours: 27.5 },
    { name: 'a monthly one three days', schedule: '0 3 1 * *', timezone: 'UTC', hours: 31 * 24 * 1.1 },
  ])('$name', ({ hours, ...schedule }) => {
    expect(rpoMsOf(schedule)).toBeCloseTo(hours * HOUR_MS, 0);
  });

  it.each([
    { name: 'hours', rpo: '26h', ms: 26 * HOUR_MS },
    { name: 'a month at its longest', rpo: '1mo', schedule: '0 3 * * 1', ms: 31 * DAY_MS },
    { name: 'a year at its longest', rpo: '1y', schedule: '0 3 1 1,7 *', ms: 366 * DAY_MS },
    { name: 'ten intervals', rpo: '10d', ms: 10 * DAY_MS },
    { name: 'two days of hours', rpo: '2d', schedule: '0 * * * *', ms: 2 * DAY_MS },
    { name: 'minutes', rpo: '90min', schedule: '0 * * * *', ms: 1.5 * HOUR_MS },
    { name: 'days and hours', rpo: '1m2d3h', schedule: '0 3 1 * *', ms: 33 * DAY_MS + 3 * HOUR_MS },
    { name: 'exactly the longest interval', rpo: '24h', ms: DAY_MS },
  ])('given as $name', ({ rpo, ms, schedule = '0 3 * * *' }) => {
    const text = `policies: { a: { schedule: "${schedule}", retention: { last: 1 }, rpo: ${rpo} } }`;
    expect(loadPolicies(text, 'a').policies[0]?.rpoMs).toBe(ms);
  });
});

describe('drills', () => {
  const loadWith = (settings: string, top = '') =>
    loadPolicies(`${top}policies: { a: { schedule: "0 3 * * *", retention: { last: 1 }${settings} } }`, 'a');

  it('are none, and promise nothing, unless a policy has some', () => {
    const { drillCapUsd, policies } = loadWith('', 'drills: { maxMonthlyUsd: 5 }\n');
    expect(drillCapUsd).toBeUndefined();
    expect(policies[0]).not.toHaveProperty('drill');
    expect(policies[0]).not.toHaveProperty('rtoMs');
  });

  it('restore tables of up to 50 GB, read 100 items, and cost up to 20 dollars a month', () => {
    const { drillCapUsd, policies } = loadWith(', drill: { every: 7d }');
    expect(drillCapUsd).toBe(20);
    expect(policies[0]?.drill).toEqual({
      everyMs: 7 * DAY_MS,
      level: 'restored',
      maxSizeBytes: 50_000_000_000,
      sample: 100,
    });
  });

  it('are as written', () => {
    const { drillCapUsd, policies } = loadWith(
      ', rto: 4h, drill: { every: 1mo, level: described, maxSizeGb: 0.5, sample: 7 }',
      'drills: { maxMonthlyUsd: 1.5 }\n',
    );
    expect(drillCapUsd).toBe(1.5);
    expect(policies[0]).toMatchObject({
      rtoMs: 4 * HOUR_MS,
      drill: { everyMs: 31 * DAY_MS, level: 'described', maxSizeBytes: 500_000_000, sample: 7 },
    });
  });
});

describe('what is left of deleted tables', () => {
  it.each([
    { text: '', afterDeletion: undefined },
    { text: '    afterDeletion: { keep: 7d }\n', afterDeletion: { keepMs: 7 * DAY_MS } },
    { text: '    afterDeletion: { keep: 1w }\n', afterDeletion: { keepMs: 7 * DAY_MS } },
    { text: '    afterDeletion: { keep: 1mo }\n', afterDeletion: { keepMs: 31 * DAY_MS } },
  ])('stays or ends: $text', ({ text, afterDeletion }) => {
    const file = `policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n${text}`;
    expect(loadPolicies(file, 'policies.yml').policies[0]?.afterDeletion).toEqual(afterDeletion);
  });
});
