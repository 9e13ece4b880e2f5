import type { Action, CreateAction, EnablePitrAction, ExpireAction } from '../../shared/model/action.ts';
import { type Failure, failureText } from '../../shared/model/failure.ts';
import type { Done, NotDone, Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { aFailure } from './failures.ts';
import { aRecoveryPoint, INSTANCE, LATEST_SLOT, tableIdOf } from './world.ts';

// Builders for what a run did: one action of each kind, of Orders under `standard`.

export const aCreate = (overrides: Partial<CreateAction> = {}): CreateAction => ({
  kind: 'create',
  engine: 'dynamodb',
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
  engine: 'dynamodb',
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

export function anOutcome(action: Action, status: 'done', why?: string): Done;
export function anOutcome(action: Action, status: NotDone['status'], why?: string | Failure): NotDone;
export function anOutcome(action: Action, status: OutcomeStatus, why?: string | Failure): Outcome;
export function anOutcome(action: Action, status: OutcomeStatus, why: string | Failure = 'denied'): Outcome {
  const failure = typeof why === 'string' ? aFailure(why) : why;
  return status === 'done' ? { action, status, reason: failureText(failure) } : { action, status, failure };
}
