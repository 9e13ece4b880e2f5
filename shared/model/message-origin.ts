import type { Target } from './target.ts';

/** Where a message comes from. */
export interface MessageOrigin {
  readonly instance: string;
  /** The key that the instance was given as `policyTag`; absent where it acts by the one of the policy file. */
  readonly policyTag?: string | undefined;
  readonly target: Target;
  readonly runId?: string | undefined;
  /** Where the run's log can be read. */
  readonly logLink?: string | undefined;
  /** Where people find what each finding means, if the deployment was given an address. */
  readonly findingsPage?: string | undefined;
}
