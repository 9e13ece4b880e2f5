import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import { createTable } from '../../sim/console/tables.ts';
import { deploy } from '../support/deployment.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate } from '../support/template.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** A GB-second on arm64. */
const LAMBDA_PRICE = 0.0000133334;
const LATENCY_MS = 20;

type Pattern = { readonly [key: string]: Pattern | readonly unknown[] };
type Rule = { readonly exists: boolean } | { readonly 'anything-but': readonly string[] };

const meets = (value: unknown, rule: unknown): boolean => {
  if (typeof rule !== 'object' || rule === null) return value === rule;
  const named = rule as Rule;
  if ('exists' in named) return named.exists === (value !== undefined);
  return typeof value === 'string' && !named['anything-but'].includes(value);
};

/** As EventBridge matches: each field meets one of its rules, and what is absent meets `exists: false` alone. */
const matches = (pattern: Pattern, event: unknown): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    const value = (event as Readonly<Record<string, unknown>> | undefined)?.[key];
    return Array.isArray(wanted)
      ? wanted.some((rule) => meets(value, rule))
      : matches(wanted as Pattern, value);
  });

const CALLS = [
  'create-table',
  'delete-backup',
  'delete-table',
  'delete-table-replica',
  'import-table',
  'restore-table-from-backup',
  'restore-table-to-point-in-time',
  'tag-resource',
  'untag-resource',
  'update-continuous-backups',
  'update-table',
];

describe('what starts the hint function', () => {
  let pattern: Pattern;
  beforeAll(() => {
    const place = { accountId: '111122223333', region: 'us-east-1', parameters: { AlertEmail: 'none' } };
    pattern = resolvedResources(packageTemplate(), place).CallHints?.Properties.EventPattern as Pattern;
  }, 60_000);

  const sampleOf = (call: string) =>
    JSON.parse(read(`events/hint.${call}.json`)) as { readonly detail: object };

  it.each(CALLS)('is %s by a person', (call) => {
    expect(matches(pattern, sampleOf(call))).toBe(true);
  });

  it.each(['application-autoscaling.amazonaws.com', 'dynamodb.application-autoscaling.amazonaws.com'])(
    'is no step of auto scaling, which comes from %s',
    (sourceIPAddress) => {
      const { detail, ...event } = sampleOf('update-table');
      expect(matches(pattern, { ...event, detail: { ...detail, sourceIPAddress } })).toBe(false);
    },
  );

  it('is no call that was refused', () => {
    const { detail, ...event } = sampleOf('delete-table');
    expect(matches(pattern, { ...event, detail: { ...detail, errorCode: 'AccessDenied' } })).toBe(false);
  });
});

describe('what the hint function costs', () => {
  const row =
    /^\| Lambda, `hint` \|.* up to (\d+) seconds of 512 MB, ([\d.]+) GB-seconds \| \$([\d.]+) a thousand/m;
  const [seconds = 0, gbSeconds = 0, dollars = 0] = (row.exec(read('docs/cost.md')) ?? [])
    .slice(1)
    .map(Number);

  it('is what the page says, as counted', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', latencyMs: LATENCY_MS });
    const { account, clock } = tablekeeper;
    const tags = { 'backup:policy': 'standard' };
    for (let index = 0; index < 100; index += 1)
      createTable(account, {
        name: `table-${index}`,
        tags,
        pitr: true,
        createdAt: clock.now() - 40 * DAY_MS,
      });
    await clock.advanceBy(DAY_MS);
    for (const mode of ['protect', 'audit'] as const) await tablekeeper.run(mode);
    await clock.advanceBy(HOUR_MS);
    const took: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const before = clock.now();
      const deadline = before + 5 * MINUTE_MS;
      await clock.run(tablekeeper.startHint('table-1', { byTrail: true, deadline }));
      took.push((clock.now() - before) / SECOND_MS);
      await clock.advanceBy(7 * SECOND_MS);
    }
    expect(Math.max(...took)).toBeLessThanOrEqual(seconds);
    expect(Math.max(...took)).toBeGreaterThan(seconds * 0.9);
  }, 60_000);

  it('adds up', () => {
    expect(gbSeconds).toBe(seconds / 2);
    expect(Math.abs(gbSeconds * LAMBDA_PRICE * 1000 - dollars)).toBeLessThan(0.03);
  });
});
