import { advise } from '../../shared/model/advice.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Memory, OpenFinding } from '../../shared/model/memory.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Policies, Policy } from '../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import { parseRecoveryPointName, recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import type { Pitr, TableDetails, TaggedTable } from '../../shared/model/table.ts';
import type { Target } from '../../shared/model/target.ts';

// Builders for worlds: each returns a healthy thing of one daily policy, and takes what a test wants otherwise.

/** A Monday, two hours after the day's slot. */
export const NOW: Instant = Date.UTC(2026, 10, 23, 5);
export const LATEST_SLOT: Instant = Date.UTC(2026, 10, 23, 3);
export const INSTANCE = 'prod';
export const TARGET: Target = { accountId: '111122223333', region: 'eu-central-1' };

/** The policy `standard`: daily at 03:00 UTC, seven kept, PITR promised for 35 days and only reported. */
export const aPolicy = (overrides: Partial<Policy> = {}): Policy => ({
  name: 'standard',
  engine: 'dynamodb',
  schedule: '0 3 * * *',
  timezone: 'UTC',
  retention: { daily: 7 },
  pitr: { recoveryPeriodDays: 35, onDrift: 'alert' },
  rpoMs: 26 * HOUR_MS + 24 * MINUTE_MS,
  ...overrides,
});

export const aPolicyWithoutPitr = (overrides: Partial<Policy> = {}): Policy => {
  const { pitr: _, ...policy } = aPolicy(overrides);
  return policy;
};

/** The compiled file: `standard` alone, unless given otherwise. */
export const somePolicies = (overrides: Partial<Policies> = {}): Policies => ({
  tag: 'backup:policy',
  guardrail: { maxShare: 0.5, floor: 5 },
  policies: [aPolicy()],
  ...overrides,
});

/** The id of a table's first incarnation. */
export const tableIdOf = (name: string): string => `id-of-${name}`;

export const someDetails = (name: string, overrides: Partial<TableDetails> = {}): TableDetails => ({
  tableId: tableIdOf(name),
  status: 'ACTIVE',
  createdAt: NOW - 400 * DAY_MS,
  sizeBytes: 1_000_000,
  ...overrides,
});

/** On for long, with the whole window of 35 days, five minutes behind. */
export const aPitr = (overrides: Partial<Pitr> = {}): Pitr => ({
  enabled: true,
  recoveryPeriodDays: 35,
  earliestRestorableAt: NOW - 35 * DAY_MS,
  latestRestorableAt: NOW - 5 * MINUTE_MS,
  ...overrides,
});

export const PITR_OFF: Pitr = { enabled: false };

/** A table as the tagging API shows it: not confirmed, its PITR not read. */
export const aTaggedTable = (overrides: Partial<TaggedTable> = {}): TaggedTable => ({
  name: 'Orders',
  tags: { 'backup:policy': 'standard' },
  ...overrides,
});

/** A table that was confirmed and whose PITR was read. */
export const aTable = (overrides: Partial<TaggedTable> = {}): TaggedTable => ({
  ...aTaggedTable(overrides),
  details: someDetails(overrides.name ?? 'Orders'),
  pitr: aPitr(),
  ...overrides,
});

export interface RecoveryPointOverrides extends Partial<RecoveryPoint> {
  readonly instance?: string;
  readonly policy?: string;
  readonly slot?: Instant;
}

/** An available recovery point of Orders under `standard` for the latest slot, made a minute after it. */
export const aRecoveryPoint = (
  overrides: RecoveryPointOverrides = {},
): RecoveryPoint & { readonly sizeBytes: number } => {
  const { instance = INSTANCE, policy = 'standard', slot = LATEST_SLOT, ...given } = overrides;
  const tableName = given.tableName ?? 'Orders';
  const createdAt = given.createdAt ?? slot + MINUTE_MS;
  const name = given.name ?? recoveryPointName({ instance, policy, slot });
  const origin = parseRecoveryPointName(name);
  return {
    id: `arn:aws:dynamodb:${TARGET.region}:${TARGET.accountId}:table/${tableName}/backup/${createdAt}-${name}`,
    name,
    engine: 'dynamodb',
    location: { target: TARGET },
    ...(origin !== undefined && { origin }),
    tableName,
    tableId: tableIdOf(tableName),
    createdAt,
    status: 'available',
    sizeBytes: 1_000_000,
    ...given,
  };
};

/** One recovery point a day, `count` of them, the newest for the latest slot. */
export const dailyRecoveryPoints = (
  count: number,
  overrides: RecoveryPointOverrides = {},
): readonly RecoveryPoint[] =>
  Array.from({ length: count }, (_, day) =>
    aRecoveryPoint({ slot: LATEST_SLOT - (count - 1 - day) * DAY_MS, ...overrides }),
  );

/** What an audit sees of one healthy table, whole. */
export const anObservation = (overrides: Partial<Observation> = {}): Observation => ({
  target: TARGET,
  observedAt: NOW,
  facets: ['tags', 'details', 'table-names', 'recovery-points', 'pitr', 'memory'],
  tables: [aTable()],
  tableNames: (overrides.tables ?? [aTable()]).map(({ name }) => name).toSorted(),
  recoveryPoints: [aRecoveryPoint()],
  gaps: [],
  ...overrides,
});

export const NO_MEMORY: Memory = { pitrBaselines: [] };

/** A plan of an audit that finds nothing to do and nothing wrong. */
export const aPlan = (overrides: Partial<Plan> = {}): Plan => ({
  target: TARGET,
  mode: 'audit',
  plannedAt: NOW,
  complete: true,
  actions: [],
  findings: [],
  verdicts: [],
  retention: [],
  expiryDigest: '0123456789abcdef',
  memory: NO_MEMORY,
  ...overrides,
});

/** A finding that began an hour ago and that people were told of half an hour later. */
export const anOpenFinding = (overrides: Partial<OpenFinding> = {}): OpenFinding => ({
  id: 'pitr-off/Orders',
  kind: 'pitr-off',
  severity: 'critical',
  table: 'Orders',
  fact: 'Point-in-time recovery of Orders is off.',
  measured: 'off',
  promised: 'on, 35 days',
  since: NOW - HOUR_MS,
  advice: advise('Switch it on.'),
  openedAt: NOW - HOUR_MS / 2,
  notifiedAt: NOW - HOUR_MS / 2,
  ...overrides,
});
