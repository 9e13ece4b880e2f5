import type { CutoverRecord } from '../../model/cutover.ts';
import { tableArn } from '../../model/target.ts';
import { givenUpBy, OPT_OUT, policiesNamedBy } from '../policy/govern.ts';
import type { CutoverInput, CutoverNote } from './cutover-input.ts';

/** The values that the policy tag has on the two tables of a cut-over; absent where a table has none. */
export interface PolicyTags {
  readonly old?: string;
  readonly restored?: string;
}

const named = (value: string | undefined): readonly string[] =>
  value === undefined ? [] : policiesNamedBy(value);

const covers = (value: string | undefined, names: readonly string[]): boolean => {
  const own = named(value);
  return names.every((name) => own.includes(name));
};

/**
 * Returns the value under which every policy that either table names backs up the table in use. Undefined where the old table has no tag and the
 * restored one names no policy. SAFETY: somebody may have taken the damaged table out of backups: its opt-out never goes where a policy is named.
 */
export const policyTagOfBoth = ({ old, restored }: PolicyTags): string | undefined => {
  const both = [...new Set([...named(old), ...named(restored)])];
  if (covers(old, both)) return old;
  if (covers(restored, both)) return restored;
  const givenUp = [old, restored].flatMap((value) => (value === undefined ? [] : givenUpBy(value)));
  const left = [...new Set(givenUp)].filter((name) => !both.includes(name));
  return [...both, ...left.map((name) => `${name}=${OPT_OUT}`)].toSorted().join('+');
};

/** Returns the policy tags of both tables; undefined where those of one were not read. */
const tagsOf = ({ old, restored, policyTag }: CutoverInput): PolicyTags | undefined => {
  const [before, after] = [old.read.settings.tags, restored.read.settings.tags];
  if (before === undefined || after === undefined) return undefined;
  const [had, has] = [before[policyTag], after[policyTag]];
  return { ...(had !== undefined && { old: had }), ...(has !== undefined && { restored: has }) };
};

/** Returns which policy tag the table in use has after a cut-over; undefined where the tags of one table were not read. */
export const policyTagInUse = (input: CutoverInput): CutoverRecord['policyTag'] => {
  const tags = tagsOf(input);
  if (tags === undefined) return undefined;
  // No step of a move changes a tag: what stands on the restored table stays.
  const value = input.choices.mode === 'swap' ? policyTagOfBoth(tags) : tags.restored;
  const { old: had } = tags;
  return {
    key: input.policyTag,
    ...(value !== undefined && { value }),
    ...(had !== undefined && { had }),
  };
};

/** Says whether a table is left out of backups because a tag says so, of the table itself or of the one before it. */
export const isOptedOutInUse = ({ value, had }: NonNullable<CutoverRecord['policyTag']>): boolean =>
  named(value).length === 0 &&
  named(had).length === 0 &&
  [value, had].some((one) => one !== undefined && one.trim() === OPT_OUT);

/** Says whether the table in use is backed up under a policy that the old table's tag does not name. */
export const isMoreThanBefore = ({ value, had }: NonNullable<CutoverRecord['policyTag']>): boolean =>
  !covers(had, named(value));

/** Says what a person has to know of the policy tag of the table that is used from now on. */
export const policyTagNotes = (input: CutoverInput): readonly CutoverNote[] => {
  const [tags, inUse] = [tagsOf(input), policyTagInUse(input)];
  if (tags === undefined || inUse === undefined) return [];
  const { old, restored, choices, target } = input;
  const { table } = choices.mode === 'swap' ? old : restored;
  const place = { table, tag: inUse.key, tableArn: tableArn(table, target), region: target.region };
  if (isOptedOutInUse(inUse)) return [{ kind: 'opted-out', ...place }];
  const both = policyTagOfBoth(tags);
  if (both !== undefined && !covers(inUse.value, named(both)))
    return [
      {
        kind: 'not-backed-up',
        ...place,
        value: both,
        ...(inUse.value !== undefined && { has: inUse.value }),
      },
    ];
  if (inUse.value === undefined || !isMoreThanBefore(inUse)) return [];
  const { tag } = place;
  const had = inUse.had === undefined ? {} : { had: inUse.had };
  return [
    { kind: 'policy-kept', table, of: restored.table, old: old.table, tag, value: inUse.value, ...had },
  ];
};
