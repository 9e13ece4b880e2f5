import type { Target } from './target.ts';

/** Where a message comes from. */
export interface MessageOrigin {
  readonly instance: string;
  readonly target: Target;
  readonly runId?: string | undefined;
  /** Where the run's log can be read. */
  readonly logLink?: string | undefined;
  /** Where people find what each finding means, if the deployment was given an address. */
  readonly findingsPage?: string | undefined;
}
