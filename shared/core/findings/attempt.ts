import type { Action } from '../../model/action.ts';
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import type { Outcome, OutcomeStatus } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';

/** What a run did, and what was open before it. */
export interface Attempt {
  readonly outcomes: readonly Outcome[];
  readonly openFindings: readonly OpenFinding[];
  readonly policies: Policies;
  readonly now: Instant;
}

/** Looks for one kind of finding in what became of a run's actions. */
export interface OutcomeCheck {
  readonly kind: FindingKind;
  /** The mode that attempts such actions; no other can see that they work again. */
  readonly attemptedIn: Mode;
  /** What must have been observed whole before no such action means that none was needed. */
  readonly facets: readonly Facet[];
  /** Whether a table needs such an action, whatever state it is in; where this cannot be seen of it, it is not given. */
  readonly isNeeded?: (governed: GovernedTable) => boolean;
  /** The id of the finding that an action's failure would be; undefined for actions of another kind. */
  idOf(action: Action): string | undefined;
  find(attempt: Attempt): readonly Finding[];
}

/** One action that went wrong. */
export interface Failure<Kind extends Action = Action> {
  readonly action: Kind;
  readonly status: OutcomeStatus;
  readonly reason: string;
}

/** Given a status, returns whether a person must hear of it. What was deferred is due again by itself. */
export const isFailure = (status: OutcomeStatus): boolean => status === 'failed' || status === 'refused';
