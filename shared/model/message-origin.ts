import type { PageLink } from './page-link.ts';
import type { Target } from './target.ts';

/** Where a message comes from. */
export interface MessageOrigin {
  readonly instance: string;
  /** The key that the instance was given as `policyTag`; absent where it acts by the one of the policy file. */
  readonly policyTag?: string | undefined;
  /** Set where the package made the deployment. */
  readonly isPackaged?: true | undefined;
  readonly target: Target;
  readonly runId?: string | undefined;
  /** Where the run's log can be read. */
  readonly logLink?: string | undefined;
  /** The page of all tables, in mails alone: chat programs open every address that passes through them. */
  readonly page?: PageLink | undefined;
  /** Where people find what each finding means, if the deployment was given an address. */
  readonly findingsPage?: string | undefined;
}
