import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { vaultEnds } from '../scene/vault-ends.ts';
import { goneRecordOf } from './gone-tables.ts';

/** What is known of a name that a person asks to keep. */
export interface KeepSight {
  readonly instance: string;
  readonly memory: Memory;
  /** DynamoDB's backups of that name; with `gap`, not all of them. */
  readonly points: { readonly items: readonly RecoveryPoint[]; readonly gap?: Failure };
}

/**
 * How a name stands that a person asks to keep. `known`: something of it is, or may be, this deployment's · `unchecked`: nothing is known of it, and its
 * backups could not be listed · `ended`: afterDeletion has ended what there was · `unknown`: nothing is known of it, beside the `names` of which something is.
 */
export type Keepable =
  | { readonly kind: 'known' }
  | { readonly kind: 'unchecked'; readonly failure: Failure }
  | { readonly kind: 'ended'; readonly endedAt: Instant }
  | { readonly kind: 'unknown'; readonly names: readonly string[] };

/** SAFETY: decides whether a name that is to be kept is one: one that was mistyped would keep nothing, and be found out too late. */
export const keepableOf = (table: string, { instance, memory, points }: KeepSight): Keepable => {
  const { goneTables: gone = [], protections = [], vaultRecords = [] } = memory;
  const inVaults = vaultRecords.map(({ recordedTable }) => recordedTable);
  const isOwn = points.items.some(({ origin }) => origin?.instance === instance);
  if (isOwn || inVaults.includes(table)) return { kind: 'known' };
  const endedAt = gone.find((one) => one.goneTable === table && one.endedAt !== undefined)?.endedAt;
  if (endedAt !== undefined && goneRecordOf(memory, table) === undefined && points.gap === undefined)
    return { kind: 'ended', endedAt };
  const governed = protections.map((protection) => protection.table);
  const names = [...gone.map(({ goneTable }) => goneTable), ...governed, ...inVaults];
  if (names.includes(table)) return { kind: 'known' };
  return points.gap === undefined ? { kind: 'unknown', names } : { kind: 'unchecked', failure: points.gap };
};

/** Another deployment that has recovery points of the table: it asks its own state table alone whether they are kept. */
export interface OtherDeployment {
  readonly instance: string;
  readonly points: number;
}

/** Lists the other deployments whose names are on a table's backups, sorted. */
export const otherDeployments = ({
  instance: own,
  points: { items },
}: KeepSight): readonly OtherDeployment[] =>
  [...Map.groupBy(items, ({ origin }) => origin?.instance)]
    .flatMap(([instance, points]) =>
      instance === undefined || instance === own ? [] : [{ instance, points: points.length }],
    )
    .toSorted((a, b) => (a.instance < b.instance ? -1 : 1));

/** Recovery points and copies in vaults that have an end. */
export interface EndsInVaults {
  readonly points: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

const NONE_MISSING: ReadonlySet<string> = new Set();

/** Sums up what AWS Backup still deletes of a table by itself, whatever is kept; undefined where that is nothing. */
export const endsAheadOf = (
  table: string,
  {
    memory,
    now,
    policies,
  }: { readonly now: Instant } & Pick<KeepSight, 'memory'> & Pick<Policies, 'policies'>,
): EndsInVaults | undefined => {
  const records = memory.vaultRecords ?? [];
  const ends = vaultEnds(table, { policies, records, missing: NONE_MISSING });
  const ahead = ends.filter((end) => end !== undefined && end > now) as readonly Instant[];
  if (ahead.length === 0) return undefined;
  return { points: ahead.length, firstAt: Math.min(...ahead), lastAt: Math.max(...ahead) };
};
