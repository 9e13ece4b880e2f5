import type { CutoverChoices, CutoverRecord, CutoverStep } from '../../model/cutover.ts';
import type { Instant } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { Target } from '../../model/target.ts';

/** One of the two tables of a cut-over, as it was seen. */
export interface SeenTable {
  readonly table: string;
  readonly tableId: string;
  readonly status: string;
  readonly read: SettingsReading;
}

/** What a cut-over is decided from. */
export interface CutoverInput {
  readonly target: Target;
  readonly now: Instant;
  readonly policyTag: string;
  readonly old: SeenTable;
  readonly restored: SeenTable;
  readonly choices: CutoverChoices;
  /** Whether the restored table is known to come from the old one. */
  readonly isKnownCopy: boolean;
  /** The second that the restored table was restored to, and what was written to the old one since, where CloudWatch shows it. */
  readonly asOf?: { readonly at: Instant; readonly units?: number };
  /** Where cut-overs are written down. */
  readonly stateTable: string;
  /** What was written to the restored table since it has a stream, in write units: its readers will be given that. */
  readonly writtenUnits?: number;
}

/** What a person has to know besides the steps. */
export type CutoverNote =
  | { readonly kind: 'unread'; readonly table: string; readonly facet: string }
  | { readonly kind: 'origin-unknown'; readonly table: string; readonly of: string }
  /** What was written to the old table since that second is not in the restored one. */
  | {
      readonly kind: 'lacks-since';
      readonly table: string;
      readonly of: string;
      readonly at: Instant;
      readonly units?: number;
    }
  | { readonly kind: 'ttl-later'; readonly attribute: string }
  /** What the restored table does not have as the old one has it, and no step of the move changes. */
  | { readonly kind: 'not-alike'; readonly table: string; readonly settings: readonly string[] }
  /** The table that is used from now on is not backed up as the old one is; `value` adds what is lacking to what it has. */
  | {
      readonly kind: 'not-backed-up';
      readonly table: string;
      readonly tag: string;
      readonly value: string;
      readonly has?: string;
      readonly tableArn: string;
      readonly region: string;
    }
  /** The table that is used from now on has a policy tag that backs it up more than the old table's. */
  | {
      readonly kind: 'policy-kept';
      readonly table: string;
      /** The restored table, whose tag names what the old one's does not. */
      readonly of: string;
      readonly old: string;
      readonly tag: string;
      readonly value: string;
      readonly had?: string;
    }
  /** Neither table is backed up, because a tag says so. */
  | {
      readonly kind: 'opted-out';
      readonly table: string;
      readonly tag: string;
      readonly tableArn: string;
      readonly region: string;
    }
  | { readonly kind: 'kinesis-asked'; readonly streamArn: string }
  | { readonly kind: 'alarms-stay'; readonly names: readonly string[] }
  | { readonly kind: 'switched-off'; readonly id: string }
  | { readonly kind: 'delivers'; readonly table: string; readonly units: number }
  | { readonly kind: 'undelivered-dropped'; readonly ids: readonly string[] };

/** What a cut-over will do, before anything is called. */
export interface CutoverPlan extends Pick<CutoverInput, 'choices' | 'old' | 'restored'> {
  readonly target: Target;
  readonly plannedAt: Instant;
  readonly steps: readonly CutoverStep[];
  /** Of the table in use; absent where the tags of one table were not read. */
  readonly policyTag?: NonNullable<CutoverRecord['policyTag']>;
  readonly notes: readonly CutoverNote[];
}
