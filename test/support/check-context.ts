import { STOPPING_EXPIRY } from '../../shared/core/findings/catalogue.ts';
import type { CheckContext } from '../../shared/core/findings/context.ts';
import { checkContext, type Decided } from '../../shared/core/plan/check-context.ts';
import { nextVaultRecords } from '../../shared/core/plan/vault-records.ts';
import { type PlanInput, sceneOf } from '../../shared/core/scene/scene.ts';
import { everyFinder } from '../../shared/run/compose-finders.ts';
import { anObservation, INSTANCE, NO_MEMORY, NOW, somePolicies } from './world.ts';

/** A healthy world as the checks see it, gathered as the plan gathers it; a test says what is otherwise. */
export const aContext = (given: Partial<PlanInput> & Partial<Decided> = {}): CheckContext => {
  const { gone, guardrail, plannedRepairs = [], ...input } = given;
  const whole: PlanInput = {
    policies: somePolicies(),
    instance: INSTANCE,
    observation: anObservation(),
    memory: NO_MEMORY,
    openFindings: [],
    mode: 'audit',
    now: NOW,
    ...input,
  };
  const vaultRecords = nextVaultRecords(whole.memory.vaultRecords, whole);
  const decided = { guardrail, plannedRepairs, gone: gone ?? whole.memory, vaultRecords };
  return checkContext(whole, sceneOf(whole, STOPPING_EXPIRY), decided, everyFinder());
};
