import type { Failure } from './failure.ts';
import type { Json, SettingFacet } from './table-settings.ts';

/** What is compared by itself. A whole facet stands for what could not be read. */
export type ComparedSetting =
  | SettingFacet
  | 'alarm'
  | 'billing-mode'
  | 'capacity'
  | 'deletion-protection'
  | 'encryption'
  | 'event-source-mapping'
  | 'global-index'
  | 'keys'
  | 'local-index'
  | 'on-demand-maximum'
  | 'pipe'
  | 'replica'
  | 'scalable-target'
  | 'scaling-policy'
  | 'scheduled-action'
  | 'stream'
  | 'stream-arn'
  | 'strong-consistency'
  | 'table-class'
  | 'warm-throughput';

/**
 * Why a setting is not as it was. `not-set`: it could be, a step that failed or did not run · `for-life`: it is made with the table and never
 * changes · `chosen`: the person wanted it so · `added`: only the restored table has it, and nothing takes it away · `new-each-time`: every table
 * has its own · `needs-empty-table`: AWS gives strong consistency over Regions only to a table without items · `name-taken`: another table has the name where a replica was · `set-since`: somebody set the
 * policy tag of the restored table since the restore began, and it was left alone.
 */
export type DifferenceReason =
  | 'not-set'
  | 'for-life'
  | 'chosen'
  | 'added'
  | 'new-each-time'
  | 'needs-empty-table'
  | 'name-taken'
  | 'set-since';

/**
 * Why a person has to decide. `ttl-asked-for`: TTL deletes items and is switched on only when asked for · `warm-asked-for`: warm throughput costs
 * money and does not go down again · `shared-stream`: the source still sends its changes to that Kinesis stream · `other-stream`: the table sends
 * its changes elsewhere · `stream-elsewhere`: the Kinesis stream is in another Region or account than the restored table · `index-to-build`: an index is built on its own · `points-at-source`: what points at the source stays there until the
 * cut-over · `reads-old-stream`: it reads the stream of the table that had the name before, and no reader can be pointed at another stream.
 */
export type DecisionReason =
  | 'ttl-asked-for'
  | 'warm-asked-for'
  | 'shared-stream'
  | 'other-stream'
  | 'stream-elsewhere'
  | 'index-to-build'
  | 'points-at-source'
  | 'reads-old-stream';

/** How a setting of a restored table compares with the manifest. Null stands for none. */
export type SettingVerdict =
  | { readonly kind: 'same' }
  /** Not as it was, and more than was asked: a longer period, more warm throughput, protection that is on. */
  | { readonly kind: 'better'; readonly wanted: Json; readonly live: Json }
  | { readonly kind: 'differs'; readonly wanted: Json; readonly live: Json; readonly why: DifferenceReason }
  | { readonly kind: 'in-hand'; readonly wanted: Json; readonly live: Json; readonly why: DecisionReason }
  /** It was not read: of the source when the manifest was made, or of the restored table now. */
  | { readonly kind: 'gap'; readonly of: 'manifest' | 'table'; readonly failure: Failure };

/** One setting with its verdict. */
export interface SettingComparison {
  readonly setting: ComparedSetting;
  /** Which of several: the key of a tag, the name of an index, a Region, what a target scales. Absent: the table itself. */
  readonly part?: string;
  readonly verdict: SettingVerdict;
}
