import type { CreateAction, EnablePitrAction, ExpireAction } from '../../shared/model/action.ts';
import type { Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { aRecoveryPoint, INSTANCE, LATEST_SLOT, tableIdOf } from './world.ts';

// Builders for what a run did: one action of each kind, of Orders under `standard`.

export const aCreate = (overrides: Partial<CreateAction> = {}): CreateAction => ({
  kind: 'create',
  table: 'Orders',
  tableId: tableIdOf(overrides.table ?? 'Orders'),
  policy: 'standard',
  slot: LATEST_SLOT,
  name: recoveryPointName({ instance: INSTANCE, policy: 'standard', slot: LATEST_SLOT }),
  urgency: 1,
  reason: 'the slot asks for one',
  ...overrides,
});

export const anExpire = (overrides: Partial<ExpireAction> = {}): ExpireAction => ({
  kind: 'expire',
  table: 'Orders',
  policy: 'standard',
  recoveryPoint: aRecoveryPoint(),
  reason: 'no rule keeps it',
  ...overrides,
});

export const aRepair = (overrides: Partial<EnablePitrAction> = {}): EnablePitrAction => ({
  kind: 'enable-pitr',
  table: 'Orders',
  tableId: tableIdOf(overrides.table ?? 'Orders'),
  recoveryPeriodDays: 35,
  reason: 'it is off',
  ...overrides,
});

export const anOutcome = (
  action: Outcome['action'],
  status: OutcomeStatus,
  reason = 'AccessDenied',
): Outcome => ({
  action,
  status,
  reason,
});
