import type { Instant } from '../../model/instant.ts';
import type { GovernedTable } from '../scene/governed.ts';

/**
 * How an open finding stands when its table may have left its policy. `looked-at`: what it is about is still promised,
 * so that its absence means that it is resolved · `held`: its table lost the policy, which is reported; nobody looked,
 * and it stays as it is · `withdrawn`: what it is about was given up or another finding covers it, so that it ends
 * silently.
 */
export type Footing = 'looked-at' | 'held' | 'withdrawn';

/** What one run saw and found, as far as it decides how open findings stand. */
export interface FootingScene {
  readonly observedAt: Instant;
  readonly governed: ReadonlyMap<string, GovernedTable>;
  readonly usedPolicies: ReadonlySet<string>;
  readonly existing: ReadonlySet<string>;
  /** Tables of which the run has seen which one has the name now. */
  readonly identified: ReadonlySet<string>;
  /** Whether names, recovery points and what is remembered were read whole, and every vault that is there: what was not found is not so. */
  readonly isSeenWhole: boolean;
  /** Keys of KMS that were asked for and are not there any more, by ARN. */
  readonly goneKeys: readonly string[];
  /** Whether it is reported that a table lost this policy, or any policy if none is given. */
  readonly isLost: (table: string, policy?: string) => boolean;
  /** Tables whose deletion is reported. */
  readonly deleted: ReadonlySet<string | undefined>;
  /** Tables whose deletion finding also says that no recovery point is left. */
  readonly emptied: ReadonlySet<string | undefined>;
  /** Tables of which it is reported that Tablekeeper deleted what was left of them. */
  readonly ended: ReadonlySet<string | undefined>;
}
