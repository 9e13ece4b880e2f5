import type { DeployedPolicies } from '../../model/deployed-policies.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Instant } from '../../model/instant.ts';
import type { SystemBackupList } from '../../model/observation.ts';
import type { DrillLevel, Policies } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import type { Subscriber, TopicState } from '../../model/topic-state.ts';
import type { Restorable } from '../explain/restorable.ts';
import type { Standing, StatusInput } from '../explain/status.ts';

/** How a deployment stands, as one look saw it. */
export interface PageStatus extends Standing {
  readonly look: Pick<StatusInput, 'memory' | 'observation' | 'openFindings' | 'plan' | 'scene'>;
  /** Empty where no run could be read. */
  readonly functions: readonly (Pick<Diagnosis, 'says' | 'status'> & { readonly name: string })[];
  readonly deployed: DeployedPolicies;
  readonly topic:
    | { readonly kind: 'found'; readonly value: TopicState }
    | { readonly kind: 'missing' }
    | { readonly kind: 'unreadable' };
  readonly subscribers: { readonly items: readonly Subscriber[] };
}

/** When it was last proved that a table comes back, and how. */
export interface Proof {
  readonly provedAt: Instant;
  readonly level: DrillLevel;
  /** What was proved, in a few words: `the point is listed`, `restored and compared`. */
  readonly says: string;
  /** How long the restore took; absent where none was made. */
  readonly tookMs?: number;
}

/** What a table's recovery points and its point-in-time recovery cost a month; absent parts are not known. */
export interface MonthlyCost {
  readonly usd?: number;
}

/** What the prices of a page are of. */
export interface PagePrices {
  /** Whose they are, in words, and how to get what the list lacks. */
  readonly says: string;
}

/** All that a page shows. Proofs and costs are absent where nobody collected them: the page then says that they are not known. */
export interface ReportFacts {
  readonly status: PageStatus;
  /** Every table that opted in, sorted by name. */
  readonly restorable: readonly Restorable[];
  /** What is left of tables that no policy governs any more, or that are gone. */
  readonly left: readonly Pick<Restorable, 'table' | 'places'>[];
  /** What DynamoDB kept of tables as they were deleted; absent where nobody asked. */
  readonly systemBackups?: SystemBackupList;
  readonly policies: Policies;
  readonly instance: string;
  readonly target: Target;
  /** The clocks that the page shows: an IANA zone. */
  readonly zone: string;
  /** By table. */
  readonly proofs?: ReadonlyMap<string, Proof>;
  readonly costs?: { readonly byTable: ReadonlyMap<string, MonthlyCost>; readonly prices: PagePrices };
}
