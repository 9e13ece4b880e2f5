import { govern } from '../../shared/core/policy/govern.ts';
import type { Simulation, SimulationInput } from '../../shared/core/simulate/simulate.ts';
import type { Policies, Policy } from '../../shared/model/policy.ts';

/** Of one policy the name makes no difference; of several it decides which comes first. */
const keyOf = (policies: Policies, governing: readonly Policy[]): string =>
  JSON.stringify({
    ...policies,
    tag: '',
    policies: governing.length === 1 ? governing.map((one) => ({ ...one, name: '' })) : governing,
  });

/**
 * Simulates each policy once, also where two files or two names have the same one. All else has to be alike in every call. The history of a shared
 * simulation is under the name that was simulated first.
 */
export const createSharedSimulations = (
  simulate: (input: SimulationInput) => Simulation,
): ((input: SimulationInput) => Simulation) => {
  const known = new Map<string, Simulation>();
  return (input) => {
    const { policies, tag } = input;
    const { policies: governing } = govern(policies, tag);
    const key = keyOf(policies, governing);
    const simulation = known.get(key) ?? simulate(input);
    known.set(key, simulation);
    return { ...simulation, tag, policies: governing };
  };
};
