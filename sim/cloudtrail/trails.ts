/** What of the events in a Region a trail takes in, as the service words it. */
export interface EventSelector {
  readonly ReadWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents: boolean;
  readonly DataResources: readonly object[];
  readonly ExcludeManagementEventSources: readonly string[];
}

export interface AdvancedEventSelector {
  readonly Name?: string;
  /** `Field`, and values by operator: `Equals`, `NotStartsWith`. */
  readonly FieldSelectors: readonly Readonly<Record<string, string | readonly string[]>>[];
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  /** One of the two is empty. */
  selectors: readonly EventSelector[];
  advancedSelectors: readonly AdvancedEventSelector[];
  hasCustomSelectors: boolean;
  isLogging: boolean;
  startedAt: number | undefined;
  stoppedAt: number | undefined;
}

/** Trails that record in the account and Region, by ARN: its own, and the shadows of others. */
export type Trails = Map<string, Trail>;

export const createTrails = (): Trails => new Map();

/** What a trail takes in until somebody says otherwise. */
export const ALL_MANAGEMENT_EVENTS: EventSelector = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};
