import type { Restorable } from '../../shared/core/explain/restorable.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { Policies } from '../../shared/model/policy.ts';
import type { Target } from '../../shared/model/target.ts';
import type { Status } from '../../shared/run/status.ts';

/** When it was last proved that a table comes back, and how. */
export interface Proof {
  readonly provedAt: Instant;
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
export interface Prices {
  readonly readAt: string;
  readonly region: string;
}

/** All that a page shows. Proofs and costs are absent where nobody collected them: the page then says that they are not known. */
export interface ReportFacts {
  readonly status: Status;
  /** Every table that opted in, sorted by name. */
  readonly restorable: readonly Restorable[];
  /** What is left of tables that no policy governs any more, or that are gone. */
  readonly left: readonly Pick<Restorable, 'table' | 'places'>[];
  readonly policies: Policies;
  readonly instance: string;
  readonly target: Target;
  /** The clocks that the page shows: an IANA zone. */
  readonly zone: string;
  /** By table. */
  readonly proofs?: ReadonlyMap<string, Proof>;
  readonly costs?: { readonly byTable: ReadonlyMap<string, MonthlyCost>; readonly prices: Prices };
}
