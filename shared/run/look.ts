import { asBackupSees, sceneFor } from '../core/plan/confirm.ts';
import { plan as decidePlan } from '../core/plan/plan.ts';
import type { PlanInput, Scene } from '../core/scene/scene.ts';
import type { Instant } from '../model/instant.ts';
import type { Observation } from '../model/observation.ts';
import type { Mode, Plan } from '../model/plan.ts';
import type { LookDeps } from './deps.ts';
import type { TableScope } from './lists.ts';
import { type Recollection, recall } from './memory.ts';
import { observe } from './observe.ts';
import { LOOK_MS, stagesOf } from './stages.ts';

/** What a run is asked to decide. */
export interface LookRequest {
  readonly mode: Mode;
  /** The time that the event itself states. */
  readonly eventTime?: Instant;
  /** The expiries that a person approved past the guardrail. */
  readonly approvedDigest?: string;
  /** Whether an audit asks who receives its alerts; a read-only look does not need to know. */
  readonly asksTopic?: true;
  /** The only tables of this run; absent for a run on all tables. */
  readonly scope?: TableScope;
  /** When the run must end, so that reading ends in time; absent for a read-only look. A scope has its own. */
  readonly deadline?: Instant;
}

/**
 * What was remembered and seen, and what was decided from it. `gaps` are those of the memory alone.
 */
export interface Look extends Recollection {
  readonly observation: Observation;
  readonly scene: Scene;
  readonly plan: Plan;
}

type Seen = PlanInput & Recollection & Pick<Look, 'scene'>;

const observeNow = async (parts: LookDeps, request: LookRequest): Promise<Seen> => {
  const now = parts.clock.now();
  const { policies, instance, callTime } = parts;
  const deadline = request.scope?.deadline ?? request.deadline ?? now + LOOK_MS;
  const stages = stagesOf(request.mode, now, deadline);
  callTime.allow(stages.recalling);
  const recollection = await recall(parts, request.scope?.tables);
  callTime.allow(stages.reading);
  const { observation, scene } = await observe(parts, { now, ...request, ...recollection, deadline });
  const input = { policies, instance, now, ...request, ...recollection, observation };
  return { ...input, scene: sceneFor(input, scene) };
};

/** Observes now, within the run's time for reading, and decides. Changes nothing. */
export const look = async (parts: LookDeps, request: LookRequest): Promise<Look> => {
  const input = await observeNow(parts, request);
  return { ...input, plan: decidePlan(parts.finders, input, input.scene) };
};

const MODES: readonly Mode[] = ['protect', 'audit', 'expire'];

/** Observes as `audit` does, so that tables have the verdicts of an audit, and decides for one mode. Changes nothing: `plan --mode` uses this. */
export const lookAs = async (parts: LookDeps, mode: Mode): Promise<Look> => {
  const input = await observeNow(parts, { mode: 'audit' });
  const { verdicts } = decidePlan(parts.finders, input, input.scene);
  const plan = decidePlan(parts.finders, { ...input, mode }, input.scene);
  return { ...input, plan: { ...plan, verdicts, actions: asBackupSees(plan.actions, input) } };
};

/**
 * Observes as `audit` does, which sees everything, and decides for all three modes. Changes
 * nothing: `plan` and `explain` use this.
 */
export const lookAtAll = async (parts: LookDeps): Promise<Look> => {
  const input = await observeNow(parts, { mode: 'audit' });
  const plans = MODES.map((mode) => decidePlan(parts.finders, { ...input, mode }, input.scene));
  const plan = decidePlan(parts.finders, input, input.scene);
  const actions = plans.flatMap(({ actions: some }) => some);
  return { ...input, plan: { ...plan, actions: asBackupSees(actions, input) } };
};
