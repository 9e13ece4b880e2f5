import type { SettingStep } from '../../model/restore.ts';
import type { TableSettings } from '../../model/table-settings.ts';
import type { RestoreContext, RestoreInput } from './context.ts';
import { expectedSettings } from './expected.ts';
import { insightsSteps, kinesisSteps } from './observer-steps.ts';
import { pitrSteps, policySteps, tagSteps, ttlSteps } from './plain-steps.ts';
import { replicaSteps } from './replica-steps.ts';
import { scalingSteps } from './scaling-steps.ts';
import { classSteps, encryptionSteps, protectionSteps, streamSteps } from './shape-steps.ts';
import { throughputSteps, warmSteps } from './throughput-steps.ts';

type Steps = (input: RestoreInput) => readonly SettingStep[];

/** A bare copy is still protected, and still opts out. */
const ALWAYS: readonly Steps[] = [protectionSteps, tagSteps];

/**
 * In the order that the service's refusals ask for: what protects the table first; then the changes of the table one by one; then what needs its
 * stream, its capacity and its indexes; TTL last, because it deletes.
 */
const OF_THE_SOURCE: readonly Steps[] = [
  pitrSteps,
  encryptionSteps,
  streamSteps,
  classSteps,
  throughputSteps,
  warmSteps,
  policySteps,
  insightsSteps,
  kinesisSteps,
  scalingSteps,
  replicaSteps,
  ttlSteps,
];

/**
 * Lists the changes that give a restored table the settings of its source, in the order in which they are made. What stands so already makes no
 * step; what could not be read of the restored table does, because whoever makes a step reads first. Alarms, mappings and pipes are not among
 * them: they belong to the cut-over.
 */
export const stepsFor = (
  wanted: Partial<TableSettings>,
  live: Partial<TableSettings>,
  context: RestoreContext,
): readonly SettingStep[] => {
  const input = { expected: expectedSettings(wanted, live, context), live, context };
  const chosen = context.choices.settings === 'none' ? ALWAYS : [...ALWAYS, ...OF_THE_SOURCE];
  return chosen.flatMap((steps) => steps(input));
};
