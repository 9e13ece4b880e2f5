import type { CheckContext } from '../../shared/core/findings/context.ts';
import type { Drill, DrillState } from '../../shared/model/drill.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { DrillRule, Policies } from '../../shared/model/policy.ts';
import { aContext } from './check-context.ts';
import { anObservation, aPolicy, aRecoveryPoint, NO_MEMORY, NOW, somePolicies, tableIdOf } from './world.ts';

export const aDrillRule = (overrides: Partial<DrillRule> = {}): DrillRule => ({
  everyMs: 7 * DAY_MS,
  level: 'restored',
  maxSizeBytes: 50_000_000_000,
  sample: 100,
  ...overrides,
});

/** `standard` with a drill a week, and four hours promised for a restore. */
export const drilledPolicies = (rule: Partial<DrillRule> = {}): Policies =>
  somePolicies({ policies: [aPolicy({ drill: aDrillRule(rule), rtoMs: 4 * HOUR_MS })], drillCapUsd: 20 });

/** A drill of Orders that proved a backup two days ago, in an hour and a half. */
export const aDrill = (overrides: Partial<Drill> = {}): Drill => {
  const { table = 'Orders', plannedAt = NOW - 2 * DAY_MS } = overrides;
  return {
    id: `${table}/${plannedAt}`,
    table,
    tableId: tableIdOf(table),
    policy: 'standard',
    level: 'restored',
    source: {
      ...{ kind: 'recovery-point', table, tableId: tableIdOf(table), madeBy: 'this-instance' },
      ...{
        id: aRecoveryPoint({ tableName: table }).id,
        createdAt: plannedAt - HOUR_MS,
        sizeBytes: 1_000_000,
      },
    },
    overrides: {},
    sample: 100,
    sizeBytes: 1_000_000,
    usd: 0.15,
    phase: 'ended',
    plannedAt,
    drillTable: `tablekeeper-drill.prod.${table}.1x2y3z.20261121-050000`,
    drillTableId: 'id-of-the-drill',
    askedAt: plannedAt,
    acceptedAt: plannedAt,
    seenAt: plannedAt + MINUTE_MS,
    activeAt: plannedAt + 90 * MINUTE_MS,
    checkedAt: plannedAt + 2 * HOUR_MS,
    goneAt: plannedAt + 3 * HOUR_MS,
    endedAt: plannedAt + 3 * HOUR_MS,
    steps: [],
    checks: [],
    result: 'proved',
    ...overrides,
  };
};

export const aDrillState = (overrides: Partial<DrillState> = {}): DrillState => ({
  table: 'Orders',
  revision: 1,
  past: [],
  ...overrides,
});

/** What an audit sees where a policy asks for drills since a month. */
export const drillContext = (
  drills: readonly DrillState[],
  observation: Partial<Observation> = {},
  given: Parameters<typeof aContext>[0] = {},
): CheckContext => {
  const seen = anObservation(observation);
  return aContext({
    policies: drilledPolicies(),
    memory: { ...NO_MEMORY, drillsAsked: [{ policy: 'standard', since: NOW - 30 * DAY_MS }] },
    observation: { ...seen, facets: [...seen.facets, 'drills'], drills },
    ...given,
  });
};
