import { CLOCK_TOLERANCE_MS, DAY_MS, type Instant } from '../../model/instant.ts';
import type { GoneTable, KeptTable, Memory } from '../../model/memory.ts';
import { endingPolicies, type Policies } from '../../model/policy.ts';

/** SAFETY: people know for so long that the last recovery points of a table end before any of them does. */
export const TOLD_MS = 7 * DAY_MS;

/** They are told a day sooner than that, so that a message that is late delays nothing. */
const ANNOUNCED_MS = TOLD_MS + DAY_MS;

/** SAFETY: without an audit that saw all names lately, nobody has looked whether a table of the name came back. */
const FRESH_MS = 8 * DAY_MS;

/**
 * How the recovery points of a deleted table stand. `unruled`: no policy of theirs ends them · `unseen`: one does, and no audit saw a governed
 * table go · `held`, `kept`: a tag or a person keeps them · `ends`: not before `at` · `waits`: their time is over, and people have not known it for long
 * enough, or other tables come first · `due`: prune may delete them.
 */
export type GoneStanding =
  | { readonly kind: 'unruled' | 'unseen' | 'held' | 'kept' }
  | { readonly kind: 'ends' | 'waits' | 'due'; readonly at: Instant };

/** What a standing is decided from. */
export interface GoneScope {
  readonly policies: Pick<Policies, 'policies'>;
  readonly memory: Pick<Memory, 'goneLookedAt' | 'goneTables' | 'keptTables'>;
  readonly now: Instant;
}

/** Names the policies by which recovery points of a gone table end: they governed it, and still say so. */
export const endingNames = ({ policies: names }: GoneTable, policies: Pick<Policies, 'policies'>) =>
  endingPolicies(policies).filter(({ name }) => names.includes(name));

/** Returns when the time of a gone table's recovery points is over: the longest that any policy keeps them, and what was promised of a table that was emptied. Undefined where none ends them any more. */
export const timeOverAt = (gone: GoneTable, policies: Pick<Policies, 'policies'>): Instant | undefined => {
  const keeps = endingNames(gone, policies).map(({ afterDeletion }) => afterDeletion?.keepMs ?? 0);
  return keeps.length === 0 ? undefined : Math.max(gone.since + Math.max(...keeps), gone.notBefore ?? 0);
};

/** Returns the record of a table that is gone, if there is one that has not ended. */
export const goneRecordOf = (
  { goneTables = [] }: Pick<Memory, 'goneTables'>,
  table: string,
): GoneTable | undefined =>
  goneTables.find(({ endedAt, goneTable }) => goneTable === table && endedAt === undefined);

/** Puts what a run will remember of gone tables in the place of what it read, for all that is said of them now. */
export const withGone = <Known extends Pick<Memory, 'goneLookedAt' | 'goneTables'>>(
  memory: Known,
  { goneLookedAt, goneTables }: Pick<Memory, 'goneLookedAt' | 'goneTables'>,
): Known => {
  const { goneLookedAt: _, goneTables: _tables, ...rest } = memory;
  return {
    ...rest,
    ...(goneLookedAt !== undefined && { goneLookedAt }),
    ...(goneTables !== undefined && { goneTables }),
  } as Known;
};

const isKept = ({ keptTables = [] }: Pick<Memory, 'keptTables'>, table: string): boolean =>
  keptTables.some(({ keptTable }: KeptTable) => keptTable === table);

/** Whether people have to be told by now that the recovery points of a gone table end. */
export const isAnnounced = (overAt: Instant, now: Instant): boolean => now >= overAt - ANNOUNCED_MS;

/** Returns the earliest instant at which recovery points may end: their time is over, and people have known it for a week. */
export const endsAt = ({ toldAt }: GoneTable, overAt: Instant, now: Instant): Instant =>
  Math.max(overAt, (toldAt === undefined ? now : Math.min(toldAt, now)) + TOLD_MS);

/** SAFETY: neither a look that is old nor one from the future of this clock counts. */
const isFresh = ({ memory: { goneLookedAt }, now }: GoneScope): boolean =>
  goneLookedAt !== undefined && goneLookedAt <= now + CLOCK_TOLERANCE_MS && now - goneLookedAt <= FRESH_MS;

/**
 * SAFETY: `due` only where an audit said so, its time is over by this clock too, and people were told a week ago. Says how the recovery points stand that
 * are left of a deleted table, of one record or of none.
 */
export const standingOf = (gone: GoneTable | undefined, scope: GoneScope): GoneStanding => {
  const { memory, now, policies } = scope;
  if (endingPolicies(policies).length === 0) return { kind: 'unruled' };
  if (gone === undefined) return { kind: 'unseen' };
  const overAt = timeOverAt(gone, policies);
  if (overAt === undefined) return { kind: 'unruled' };
  if (gone.held === true) return { kind: 'held' };
  if (isKept(memory, gone.goneTable)) return { kind: 'kept' };
  const at = endsAt(gone, overAt, now);
  const { dueAt, toldAt } = gone;
  if (now < at) return { kind: now < overAt ? 'ends' : 'waits', at };
  if (dueAt === undefined || dueAt > now || dueAt < overAt) return { kind: 'waits', at };
  return toldAt !== undefined && isFresh(scope) ? { kind: 'due', at } : { kind: 'waits', at };
};

/** Says how the recovery points of one deleted table under one policy stand. */
export const standingUnder = (table: string, policy: string, scope: GoneScope): GoneStanding => {
  const rule = scope.policies.policies.find(({ name }) => name === policy)?.afterDeletion;
  if (rule === undefined) return { kind: 'unruled' };
  const gone = goneRecordOf(scope.memory, table);
  return gone !== undefined && !gone.policies.includes(policy) ? { kind: 'unseen' } : standingOf(gone, scope);
};
