import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthOf } from '../../../shared/core/money/months.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { facetsOf, recoveryPointsSince } from '../../../shared/core/scene/reach.ts';
import { createForecaster, type ForecastTable } from '../../../shared/core/simulate/forecast.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { recoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { plan } from '../../support/decide-plan.ts';

// The slow way: the whole plan at every single run of both functions, with everything that it finds and remembers, one table after the other.

const POLICIES = loadPolicies(
  `
timezone: Europe/Berlin
policies:
  nightly: { schedule: "30 2 * * *", retention: { last: 2, daily: 4, weekly: 2, monthly: 2 } }
  often: { schedule: "15 */6 * * *", retention: { within: 20h, daily: 3 } }
`,
  'policies.yml',
);

const NOW = Date.parse('2026-03-24T10:00:00Z');
const END = monthOf(NOW);
const target = { accountId: '111122223333', region: 'eu-central-1' };
const instance = 'prod';

const BACKUPS = [2, 32].map((minute) => minute * MINUTE_MS);
const PRUNES = [1, 7, 13, 19].map((hour) => hour * HOUR_MS + 37 * MINUTE_MS);

const runsUntil = (end: Instant): readonly (readonly [Instant, Mode])[] => {
  const runs: (readonly [Instant, Mode])[] = [];
  for (let hour = Math.floor(NOW / HOUR_MS) * HOUR_MS; hour < end; hour += HOUR_MS)
    runs.push(...BACKUPS.map((at) => [hour + at, 'protect'] as const));
  for (let day = Math.floor(NOW / DAY_MS) * DAY_MS; day < end; day += DAY_MS)
    runs.push(...PRUNES.map((at) => [day + at, 'expire'] as const));
  return runs.filter(([at]) => at >= NOW && at < end).toSorted(([a], [b]) => a - b);
};

interface Lived {
  readonly point: RecoveryPoint;
  goneAt?: Instant;
}

const slowly = ({ present, table }: ForecastTable): readonly Lived[] => {
  const lived: Lived[] = present.map(({ point }) => ({ point }));
  let memory: Memory = { pitrBaselines: [] };
  for (const [now, mode] of runsUntil(END.end)) {
    const since = recoveryPointsSince(POLICIES, mode, now);
    const there = lived.filter(({ goneAt }) => goneAt === undefined).map(({ point }) => point);
    const decided = plan({
      ...{ policies: POLICIES, instance, memory, openFindings: [], mode, now },
      observation: {
        ...{ target, observedAt: now, tables: [table], tableNames: [table.name] },
        facets: facetsOf(mode),
        recoveryPoints: there.filter(({ createdAt }) => since === undefined || createdAt >= since),
        ...(since !== undefined && { recoveryPointsSince: since }),
        recoveryPointsWholeAt: now,
        gaps: [],
      },
    });
    memory = decided.memory;
    for (const action of decided.actions) {
      if (action.kind === 'create')
        lived.push({ point: aPoint(table, action.policy, action.slot, now, `made-${lived.length}`) });
      const gone =
        action.kind === 'expire' && lived.find(({ point }) => point.id === action.recoveryPoint.id);
      if (gone) gone.goneAt = now;
    }
  }
  return lived;
};

const aPoint = (
  { details, name }: ForecastTable['table'],
  policy: string,
  slot: Instant,
  createdAt: Instant,
  id: string,
): RecoveryPoint => {
  const origin = { instance, policy, slot };
  return {
    ...{ id, name: recoveryPointName(origin), engine: 'dynamodb', location: { target }, origin },
    ...{ tableName: name, tableId: details?.tableId ?? '', createdAt, status: 'available', sizeBytes: 5e9 },
  };
};

const SLOTS: Readonly<Record<string, readonly Instant[]>> = {
  nightly: Array.from({ length: 40 }, (_, n) => Date.parse('2026-03-24T01:30:00Z') - n * DAY_MS),
  often: Array.from({ length: 14 }, (_, n) => Date.parse('2026-03-24T05:15:00Z') - n * 6 * HOUR_MS),
};

/** A table with some of the recovery points that its policies asked for, made some minutes late, and perhaps a tag of its owner's or a hold. */
const anyTable = fc
  .record({
    tag: fc.constantFrom('nightly', 'often', 'nightly+often'),
    owner: fc.constantFrom({}, { team: 'payments' }, { 'backup:hold': 'true' }, { 'Backup:Hold': 'x' }),
    missing: fc.uniqueArray(fc.nat({ max: 39 }), { maxLength: 30 }),
    lateMinutes: fc.integer({ min: 2, max: 50 }),
    ageDays: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ tag, owner, missing, lateMinutes, ageDays }): ForecastTable => {
    const createdAt = NOW - ageDays * DAY_MS;
    const table = {
      name: 'orders',
      tags: { [POLICIES.tag]: tag, ...owner },
      details: { tableId: 'id-of-orders', status: 'ACTIVE' as const, createdAt, sizeBytes: 5e9 },
    };
    const [governed] = governedTables(POLICIES, [table]);
    const present = tag.split('+').flatMap((policy) =>
      (SLOTS[policy] ?? [])
        .filter((slot, n) => slot > createdAt && !missing.includes(n))
        .map((slot) => ({
          point: aPoint(table, policy, slot, slot + lateMinutes * MINUTE_MS, `${policy}-${slot}`),
        })),
    );
    return { table, governing: governed?.policies ?? [], present };
  });

const told = (
  points: readonly { createdAt: Instant; goneAt?: Instant | undefined; bytes?: number | undefined }[],
) => points.map(({ createdAt, goneAt, bytes }) => [createdAt, goneAt ?? null, bytes].join(' ')).toSorted();

it('the forecast is what the whole plan does at every run, table by table, also where tables share it', () => {
  fc.assert(
    fc.property(fc.array(anyTable, { minLength: 1, maxLength: 4 }), (tables) => {
      const scope = { policies: POLICIES, instance, target, memory: { pitrBaselines: [] }, now: NOW };
      const forecast = createForecaster(scope, END);
      for (const one of tables)
        expect(told(forecast(one).ahead)).toEqual(
          told(
            slowly(one).map(({ goneAt, point }) => ({
              ...{ createdAt: point.createdAt, goneAt, bytes: point.sizeBytes },
            })),
          ),
        );
    }),
    { numRuns: 12, seed: 15 },
  );
}, 240_000);
