import type { PlanInput } from '../../../shared/core/scene/scene.ts';
import type { ExpireAction } from '../../../shared/model/action.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aRecoveryPoint,
  INSTANCE,
  NO_MEMORY,
  NOW,
  somePolicies,
} from '../../support/world.ts';

/** All that an audit of one healthy table is decided from. */
export const aPlanInput = (overrides: Partial<PlanInput> = {}): PlanInput => ({
  policies: somePolicies(),
  instance: INSTANCE,
  observation: anObservation(),
  memory: NO_MEMORY,
  openFindings: [],
  mode: 'audit',
  now: NOW,
  ...overrides,
});

/** A guardrail that holds nothing back, for tests of everything else. */
export const NO_GUARDRAIL = { maxShare: 1, floor: 1_000_000 };

export const expiriesIn = ({ actions }: Plan): readonly ExpireAction[] =>
  actions.filter((action) => action.kind === 'expire');

export const expiredIds = (input: PlanInput): readonly string[] =>
  expiriesIn(plan(input)).map(({ recoveryPoint }) => recoveryPoint.id);

const withPitrOf = (table: TaggedTable, { actions, plannedAt }: Plan): TaggedTable => {
  const repair = actions.find((action) => action.kind === 'enable-pitr' && action.table === table.name);
  if (repair?.kind !== 'enable-pitr') return table;
  const { recoveryPeriodDays } = repair;
  const began = { earliestRestorableAt: plannedAt, latestRestorableAt: plannedAt };
  return { ...table, pitr: { enabled: true, recoveryPeriodDays, ...began } };
};

const madeBy = ({ actions, plannedAt }: Plan, status: RecoveryPoint['status']): readonly RecoveryPoint[] =>
  actions
    .filter((action) => action.kind === 'create')
    .map(({ name, table, tableId }) =>
      aRecoveryPoint({
        id: `made/${table}/${name}`,
        name,
        tableName: table,
        tableId,
        createdAt: plannedAt,
        status,
        sizeBytes: 0,
      }),
    );

/** The input of the next run, straight after every action of a plan was carried out. */
export const applied = (
  input: PlanInput,
  carriedOut: Plan,
  status: RecoveryPoint['status'] = 'available',
): PlanInput => {
  const gone = new Set(expiriesIn(carriedOut).map(({ recoveryPoint }) => recoveryPoint.id));
  const { observation } = input;
  return {
    ...input,
    memory: carriedOut.memory,
    observation: {
      ...observation,
      tables: observation.tables.map((table) => withPitrOf(table, carriedOut)),
      recoveryPoints: [
        ...observation.recoveryPoints.filter(({ id }) => !gone.has(id)),
        ...madeBy(carriedOut, status),
      ],
    },
  };
};
