import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';

/** Everything a plan is decided from. Two equal inputs give two equal plans. */
export interface PlanInput {
  readonly policies: Policies;
  /** The name of this deployment, as it stands in the names of its recovery points. */
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly mode: Mode;
  readonly now: Instant;
  /** When the event that started the run says it happened; it is only ever compared with `now`. */
  readonly eventTime?: Instant;
  /** The digest of a set of expiries that a person has looked at and approved past the guardrail. */
  readonly approvedDigest?: string;
}

/** What it takes to say which tables are worth a DescribeTable, before any was described. */
export type ConfirmInput = Pick<
  PlanInput,
  'instance' | 'memory' | 'mode' | 'now' | 'observation' | 'openFindings' | 'policies'
>;
