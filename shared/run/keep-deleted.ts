import { endingPolicies } from '../core/retention/gone-tables.ts';
import { nearest } from '../core/text/nearest.ts';
import { capped } from '../core/text/words.ts';
import { UserError } from '../model/errors.ts';
import type { Deps } from './deps.ts';

type KeepDeps = Pick<Deps, 'clock' | 'instance' | 'policies' | 'stateStore' | 'tableReader'>;

/** What was asked for, and whether any policy would have ended it. */
export interface KeptNow {
  readonly table: string;
  readonly isKept: boolean;
  /** Names of the policies that end what is left of deleted tables, sorted. */
  readonly endedBy: readonly string[];
}

/** A name that was mistyped would keep nothing, and be found out too late. */
const requireKnown = async (deps: KeepDeps, table: string): Promise<void> => {
  const [memory, points] = await Promise.all([
    deps.stateStore.readMemory(),
    deps.tableReader.listRecoveryPointsOf(table),
  ]);
  const names = [
    ...(memory.goneTables ?? []).map(({ goneTable }) => goneTable),
    ...(memory.protections ?? []).map((protection) => protection.table),
    ...(memory.vaultRecords ?? []).map(({ recordedTable }) => recordedTable),
  ];
  const isOwn = points.items.some(({ origin }) => origin?.instance === deps.instance);
  if (isOwn || points.gap !== undefined || names.includes(table)) return;
  const meant = nearest(table, names);
  throw new UserError({
    code: 'unknown-table',
    what: `Nothing is known of a table ${capped(table, 80)}, and it has no recovery points of this deployment.`,
    fix: meant === undefined ? 'Check its name, and --region and --instance.' : `Did you mean ${meant}?`,
  });
};

/**
 * Notes that what is left of a deleted table stays, or takes that back. Throws a `UserError` for a table of which nothing is known. It holds for a run that is
 * under way, as far as that has not begun to delete.
 */
export const keepDeleted = async (deps: KeepDeps, table: string, isKept: boolean): Promise<KeptNow> => {
  const { clock, policies, stateStore } = deps;
  if (isKept) {
    await requireKnown(deps, table);
    await stateStore.keepTable({ keptTable: table, keptAt: clock.now() });
  } else await stateStore.releaseTable(table);
  const endedBy = endingPolicies(policies).map(({ name }) => name);
  return { table, isKept, endedBy: endedBy.toSorted() };
};
