import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RestoreRecord, RestoreSource } from '../../model/restore.ts';
import type { TableTags, TaggedTable } from '../../model/table.ts';
import { secondOf } from './point-option.ts';

/** A table that seems to belong with another one; `asOf`: a restore of the last days made a copy of it, as of another second. */
export interface Companion {
  readonly table: string;
  readonly asOf?: Instant;
}

/** A tag as it stands on a table. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** By these people say what belongs together; no standard has them. A team or a stage says nothing of the kind. */
const KEYS: readonly string[] = [
  'stack',
  'stackname',
  'app',
  'application',
  'system',
  'service',
  'workload',
  'project',
];

/** Reads `acme:Stack-Name` as `stackname`. */
const wordOf = (key: string): string =>
  (key.split(/[:/]/).at(-1) ?? '').toLowerCase().replaceAll(/[-_. ]/g, '');

/** Finds the tag that says which tables belong together; undefined where a table has none, or an empty one. */
export const companionTag = (tags: TableTags): Tag | undefined => {
  const found = Object.entries(tags)
    .filter(([key, value]) => KEYS.includes(wordOf(key)) && value !== '')
    .toSorted(([a], [b]) => KEYS.indexOf(wordOf(a)) - KEYS.indexOf(wordOf(b)) || (a < b ? -1 : 1));
  const [first] = found;
  return first && { key: first[0], value: first[1] };
};

/** A restore of longer ago belongs to another incident. */
const RECENT_MS = 7 * DAY_MS;

const secondIn = (source: RestoreSource): Instant =>
  secondOf(source.kind === 'point-in-time' ? source.second : source.createdAt);

/** The second that a table was last restored to in the last days; undefined where it was not. */
const restoredTo = (
  table: string,
  records: readonly RestoreRecord[],
  { now }: { readonly now: Instant },
): Instant | undefined => {
  const last = records
    .filter(({ source, result }) => source.table === table && result !== 'failed' && result !== 'given-up')
    .toSorted((a, b) => b.plannedAt - a.plannedAt)
    .find(({ plannedAt }) => now - plannedAt <= RECENT_MS);
  return last && secondIn(last.source);
};

/** What companions are found by. */
export interface CompanionInput {
  readonly tag: Tag;
  /** Tables that carry the key of the tag. */
  readonly tagged: readonly TaggedTable[];
  /** Tables that are restored together, by the command that is planned. */
  readonly together: readonly string[];
  readonly records: readonly RestoreRecord[];
  /** The second of what comes back. */
  readonly at: Instant;
  readonly now: Instant;
}

/**
 * Finds tables with the same tag that do not come back as of the same second: those that are not restored, and those of which another command made a
 * copy as of another second. A copy itself is none.
 */
export const companionsOf = (input: CompanionInput): readonly Companion[] => {
  const { tag, tagged, together, records, at } = input;
  const copies = new Set(
    records.flatMap((one) => (one.targetTable === one.source.table ? [] : one.targetTable)),
  );
  return tagged
    .filter(({ name, tags }) => tags[tag.key] === tag.value && !together.includes(name) && !copies.has(name))
    .map(({ name }) => ({ table: name, asOf: restoredTo(name, records, input) }))
    .filter(({ asOf }) => asOf !== secondOf(at))
    .map(({ table, asOf }) => ({ table, ...(asOf !== undefined && { asOf }) }));
};
