import type { AdviceStep } from './advice.ts';
import type { Failure } from './failure.ts';
import type { SettingsReading } from './manifest.ts';
import type { SettingFacet } from './table-settings.ts';
import type { Target } from './target.ts';

/** A table as it stands, in the account and Region where it stands: what infrastructure code is written of. */
export interface LiveTable {
  readonly table: string;
  readonly target: Target;
  /** SAFETY: of the live table after its settings are back, never of a manifest: an import compares nothing. */
  readonly reading: SettingsReading;
}

/** A stack's template as GetTemplate gives it, in JSON or YAML. */
export interface StackTemplate {
  readonly stack: string;
  readonly text: string;
}

/** A file of infrastructure code. */
export interface CodeFile {
  /** Without a folder. */
  readonly name: string;
  readonly content: string;
  /** What it is for. */
  readonly purpose: 'import' | 'identifiers' | 'update' | 'later';
}

/** What the written code does not hold, and why. */
export type LeftOut =
  /** It could not be read, so it is neither set nor taken away. */
  | { readonly kind: 'unread'; readonly facet: SettingFacet; readonly failure: Failure }
  /** It cannot go down again, and a written figure is soon another. */
  | { readonly kind: 'warm-throughput' }
  /** The language has room for one. */
  | { readonly kind: 'second-kinesis-stream'; readonly streamArn: string }
  /** Not of the type that tables scale by. */
  | { readonly kind: 'scaling-policy'; readonly name: string }
  /** The language cannot hold it here: Terraform cannot import one, a global table's definition has no place for one. */
  | { readonly kind: 'scheduled-action'; readonly name: string }
  /** Made elsewhere, or added by the update after the import. */
  | { readonly kind: 'replicas'; readonly regions: readonly string[] }
  /** What points at the table belongs to the cut-over. */
  | { readonly kind: 'attachments'; readonly count: number };

/** What is in one of two definitions only, or not the same in both. */
export interface DefinitionDifference {
  /** As the template names it: `StreamSpecification`. */
  readonly property: string;
  readonly kind: 'only-in-template' | 'only-live' | 'other';
}

/** What infrastructure code sees of a table that was restored under its own name. */
export type Drift =
  /** A new stream: whoever holds the old ARN reads nothing new. */
  | { readonly kind: 'stream-arn'; readonly was?: string; readonly is: string }
  /** A setting that the code may hold, and that is not as it was. */
  | { readonly kind: 'setting'; readonly facet: SettingFacet }
  | { readonly kind: 'unread'; readonly facet: SettingFacet; readonly failure: Failure };

/** Why no code was written. */
export type EmissionRefusal =
  | { readonly kind: 'shape-unread'; readonly failure: Failure }
  /** A provisioned table or index whose capacity is not known. */
  | { readonly kind: 'capacity-unread' }
  /** Of a global table with provisioned capacity, whose definition holds its scaling. */
  | { readonly kind: 'scaling-unread'; readonly failure: Failure }
  /** A global table with provisioned capacity has to scale its writes. */
  | { readonly kind: 'writes-not-scaled' }
  /** An index with more than one attribute in a part of its key: the provider's schema that is known here has no name for it. */
  | { readonly kind: 'index-keys'; readonly index: string }
  | { readonly kind: 'template-unreadable'; readonly stack: string }
  /** The stack holds a table of that name. */
  | { readonly kind: 'in-stack'; readonly stack: string; readonly logicalId: string }
  /** SAFETY: taking the old table out of the stack would delete its replicas. */
  | {
      readonly kind: 'replicas-not-retained';
      readonly stack: string;
      readonly logicalIds: readonly string[];
    };

/** Infrastructure code of a table with a new name. */
export interface WrittenCode {
  readonly kind: 'written';
  readonly table: string;
  readonly language: 'cloudformation' | 'terraform';
  /** The table's own: its logical id, its address. */
  readonly address: string;
  readonly files: readonly CodeFile[];
  /** In their order; the first belong to the import. */
  readonly steps: readonly AdviceStep[];
  readonly leftOut: readonly LeftOut[];
  /** Between the source's definition in the given template and the live table; empty without one. */
  readonly differences: readonly DefinitionDifference[];
}

/** A table that kept its name: nothing is imported, only looked at. */
export interface NameKept {
  readonly kind: 'name-kept';
  readonly drift: readonly Drift[];
  readonly steps: readonly AdviceStep[];
}

/** What became of the wish for infrastructure code. */
export type Emission =
  | WrittenCode
  | NameKept
  | { readonly kind: 'refused'; readonly refusal: EmissionRefusal };
