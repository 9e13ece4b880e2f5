import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { KindTraits } from './kind.ts';
import { ATTEMPTED_KINDS, OBSERVED_KINDS } from './kinds.ts';

/** Every kind of finding, by name; the source of everything that depends on a kind. */
export const CATALOGUE: ReadonlyMap<string, KindTraits> = new Map(
  [...OBSERVED_KINDS, ...ATTEMPTED_KINDS].map((kind) => [kind.kind, kind]),
);

/** Selects the names of kinds by what the catalogue says of them. */
export const kindsThat = (has: (kind: KindTraits) => boolean): ReadonlySet<string> =>
  new Set([...CATALOGUE.values()].filter(has).map(({ kind }) => kind));

/** The kinds that are seen in what drills came to: while one is open, that is read. */
export const DRILL_KINDS: ReadonlySet<string> = kindsThat(({ facets }) => facets.includes('drills'));

/** SAFETY: while one of these is open, nothing of its table expires. */
export const STOPPING_EXPIRY: ReadonlySet<string> = kindsThat(({ stopsExpiry }) => stopsExpiry === true);

const NEVER_MUTED: ReadonlySet<string> = kindsThat(({ neverMuted }) => neverMuted === true);

/** Whether a mute of its table suppresses a kind of finding. */
export const isMutable = (kind: FindingKind): boolean => !NEVER_MUTED.has(kind);

/** Returns the ids of findings that a run found and repaired. */
export const repairedIn = (found: readonly Finding[], outcomes: readonly Outcome[]): ReadonlySet<string> => {
  const done = outcomes.filter(({ status }) => status === 'done').map(({ action }) => action);
  const isRepaired = ({ kind, table }: Finding): boolean =>
    done.some((action) => action.kind === CATALOGUE.get(kind)?.repairedBy && action.table === table);
  return new Set(found.filter(isRepaired).map(({ id }) => id));
};
