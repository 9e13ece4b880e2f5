import { plainPaint, type Screen } from '../../../cli/view/colour.ts';
import { explainLines } from '../../../cli/view/explain-text.ts';
import { type ExplanationInput, explanationOf } from '../../../shared/core/explain/explanation.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { Policies } from '../../../shared/model/policy.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aTable,
  INSTANCE,
  NO_MEMORY,
  NOW,
  somePolicies,
  TARGET,
} from '../../support/world.ts';

/** What one look saw, as far as a test wants it otherwise. */
export interface Case {
  readonly observation?: Observation;
  readonly policies?: Policies;
  readonly openFindings?: readonly OpenFinding[];
}

/** What an explanation of it is drawn from. */
export const inputOf = ({
  observation = anObservation(),
  policies = somePolicies(),
  openFindings = [],
}: Case): ExplanationInput => {
  const given = { policies, observation, openFindings, instance: INSTANCE, memory: NO_MEMORY };
  return { ...given, plan: plan({ ...given, mode: 'audit', now: NOW }) };
};

/** The explanation of a table as text. */
export const textOf = (given: Case, table = 'Orders', screen: Screen = { paint: plainPaint }): string => {
  const input = inputOf(given);
  const explanation = explanationOf(input, table);
  const view = { explanation, instance: INSTANCE, target: TARGET, now: NOW, tag: input.policies.tag };
  return explainLines(view, screen).join('\n');
};

/** A look at Orders under that tag. */
export const withTag = (value: string) =>
  anObservation({ tables: [aTable({ tags: { 'backup:policy': value } })] });
