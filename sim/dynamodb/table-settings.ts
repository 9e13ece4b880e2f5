/** A Kinesis stream that the table's changes go to. */
export interface KinesisDestination {
  readonly streamArn: string;
  readonly precision: 'MICROSECOND' | 'MILLISECOND';
  readonly status: 'ACTIVE' | 'DISABLED' | 'ENABLE_FAILED';
  /** What is under way, until that instant. */
  readonly underWay: { readonly status: 'DISABLING' | 'ENABLING' | 'UPDATING'; readonly until: number };
}

/** CloudWatch Contributor Insights of a table or of one of its indexes. */
export interface Insights {
  readonly mode: 'ACCESSED_AND_THROTTLED_KEYS' | 'THROTTLED_KEYS';
  readonly enabled: boolean;
  readonly failure?: { readonly name: string; readonly description: string };
  readonly changedAt: number;
  readonly underWayUntil: number;
}

/** A copy of the table in another Region. */
export interface Replica {
  readonly region: string;
  readonly addedAt: number;
  readonly activeAt: number;
}

/** An index that is being built or taken away. */
export interface IndexWork {
  readonly kind: 'build' | 'remove' | 'update';
  /** Added to a table that was there. */
  readonly isAdded: boolean;
  readonly until: number;
}

/** Settings that no backup knows of. */
export interface TableSettings {
  readonly kinesis: Map<string, KinesisDestination>;
  /** By index; the table's own under an empty name. */
  readonly insights: Map<string, Insights>;
  replicas: readonly Replica[];
  /** Set when the first replica is made, for as long as the global table lasts; eventual where absent. */
  consistency?: 'STRONG' | undefined;
  /** The Regions that only witness writes of a global table with strong consistency. */
  witnesses: readonly string[];
  readonly indexWork: Map<string, IndexWork>;
  /** The instants of changes that are limited in number, by kind. */
  readonly changes: Map<string, readonly number[]>;
}

/** How many items there were when they were last counted, and how large they were. */
export interface ItemCensus {
  readonly at: number;
  readonly items: number;
  readonly bytes: number;
}
