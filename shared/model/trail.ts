import type { Failure } from './failure.ts';

/** What the field of an event must be: one of each of the first three that is given, and none of the others. */
export interface FieldCondition {
  readonly field: string;
  readonly equals?: readonly string[];
  readonly startsWith?: readonly string[];
  readonly endsWith?: readonly string[];
  readonly notEquals?: readonly string[];
  readonly notStartsWith?: readonly string[];
  readonly notEndsWith?: readonly string[];
}

/** Events that a trail takes in: those that one of its selectors does. A classic one speaks of kinds of events, an advanced one of fields. */
export type TrailSelector =
  | {
      readonly kind: 'classic';
      readonly reads: boolean;
      readonly writes: boolean;
      readonly managementEvents: boolean;
      readonly excludedSources: readonly string[];
      readonly dataResources: readonly { readonly type: string; readonly values: readonly string[] }[];
    }
  | {
      readonly kind: 'advanced';
      readonly name?: string;
      readonly conditions: readonly FieldCondition[];
    };

/** A trail of CloudTrail that reaches the target's Region. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  /** Where it is changed from. */
  readonly homeRegion: string;
  /** Whether it belongs to the organization, whose managing account alone can change it. */
  readonly ofOrganization: boolean;
  /** Whether it logs in the target's Region now; absent where that could not be read. */
  readonly isLogging?: boolean;
  /** Absent where they could not be read. */
  readonly selectors?: readonly TrailSelector[];
  /** Why something of it is absent. */
  readonly gap?: Failure;
}
