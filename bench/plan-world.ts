import { loadPolicies } from '../shared/core/policy/load.ts';
import { facetsOf } from '../shared/core/scene/reach.ts';
import type { PlanInput } from '../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../shared/model/instant.ts';
import type { Mode } from '../shared/model/plan.ts';
import type { RecoveryPoint } from '../shared/model/recovery-point.ts';
import { recoveryPointName } from '../shared/model/recovery-point-name.ts';
import type { TaggedTable } from '../shared/model/table.ts';
import { POINTS_EACH, POLICIES, policyOf } from './estate.ts';

const NOW: Instant = Date.UTC(2026, 10, 22, 20);
const LATEST_SLOT: Instant = Date.UTC(2026, 10, 22, 18);
const TARGET = { accountId: '111122223333', region: 'us-east-1' };

const nameOf = (at: number): string => `table-${String(at).padStart(6, '0')}`;

const tableOf = (at: number): TaggedTable => ({
  name: nameOf(at),
  tags: { 'backup:policy': policyOf(at) },
  details: { tableId: `id-${at}`, status: 'ACTIVE', createdAt: NOW - 400 * DAY_MS, sizeBytes: 1 },
  pitr: {
    enabled: true,
    recoveryPeriodDays: 35,
    earliestRestorableAt: NOW - 35 * DAY_MS,
    latestRestorableAt: NOW - 300_000,
  },
});

/** One place for all, as a list of backups has it. */
const LOCATION = { target: TARGET };

/** Texts of their own, as they come off the wire. */
const pointOf = (at: number, slot: Instant): RecoveryPoint => {
  const origin = { instance: 'prod', policy: policyOf(at), slot };
  const name = recoveryPointName(origin);
  const createdAt = slot + HOUR_MS / 20 + at;
  const id = `arn:aws:dynamodb:us-east-1:111122223333:table/${nameOf(at)}/backup/${createdAt}-${at}`;
  const point = { id, name, tableName: nameOf(at), tableId: `id-${at}`, createdAt, sizeBytes: 1 };
  const read = JSON.parse(JSON.stringify({ ...point, status: 'available' }));
  return { ...read, engine: 'dynamodb', location: LOCATION, origin };
};

/** Builds the input of a plan in a mode, with 25 recovery points for each table; a tenth of them is due to expire. */
export const planWorld = (mode: Mode, tables: number): PlanInput => {
  const numbers = Array.from({ length: tables }, (_, at) => at);
  const slots = Array.from({ length: POINTS_EACH }, (_, age) => LATEST_SLOT - (24 - age) * DAY_MS);
  return {
    policies: loadPolicies(POLICIES, 'policies.yml'),
    instance: 'prod',
    mode,
    now: NOW,
    memory: { pitrBaselines: [] },
    openFindings: [],
    observation: {
      target: TARGET,
      observedAt: NOW,
      facets: facetsOf(mode),
      tables: numbers.map(tableOf),
      tableNames: numbers.map(nameOf),
      recoveryPoints: slots.flatMap((slot) => numbers.map((at) => pointOf(at, slot))),
      gaps: [],
    },
  };
};
