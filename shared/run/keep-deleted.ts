import {
  type EndsInVaults,
  endsAheadOf,
  type KeepSight,
  keepableOf,
  type OtherDeployment,
  otherDeployments,
} from '../core/retention/keepable.ts';
import { explainCommand } from '../core/text/commands.ts';
import { nearest } from '../core/text/nearest.ts';
import { utcText } from '../core/text/time.ts';
import { capped } from '../core/text/words.ts';
import { advise } from '../model/advice.ts';
import { UserError } from '../model/errors.ts';
import type { Failure } from '../model/failure.ts';
import { endingPolicies } from '../model/policy.ts';
import type { Deps } from './deps.ts';

type KeepDeps = Pick<
  Deps,
  'clock' | 'instance' | 'inventory' | 'policies' | 'stateStore' | 'tableReader' | 'target'
>;

/** What was asked for, and whether any policy would have ended it. */
export interface KeptNow {
  readonly table: string;
  readonly isKept: boolean;
  /** Names of the policies that end what is left of deleted tables, sorted. */
  readonly endedBy: readonly string[];
  /** Sorted by name. Those whose recovery points are all in vaults are not seen here. */
  readonly others: readonly OtherDeployment[];
  /** Why it is not known whether there is, or was, a table of the name; absent where it is known. */
  readonly unchecked?: Failure;
  /** Whether a table of the name is there: what is kept is then what is left of it once it is deleted. Absent where DynamoDB did not say. */
  readonly isThere?: boolean;
  /** What AWS Backup deletes by itself at the end that it was given, whatever is kept; absent where that is nothing. */
  readonly endsInVaults?: EndsInVaults;
}

const unknownTable = (table: string, names: readonly string[]): UserError => {
  const meant = nearest(table, names);
  return new UserError({
    code: 'unknown-table',
    what: `Nothing is known of a table ${capped(table, 80)}, and it has no recovery points of this deployment.`,
    fix: meant === undefined ? 'Check its name, and --region and --instance.' : `Did you mean ${meant}?`,
  });
};

const nothingLeft = (table: string, endedAt: number): UserError =>
  new UserError({
    code: 'nothing-left',
    what: `Nothing is left of ${capped(table, 80)} to keep: its recovery points were ended by afterDeletion, and were gone by ${utcText(endedAt)}.`,
    fix: advise('What others have of it:', explainCommand(table)),
  });

const notKept = (table: string, kept: readonly string[]): UserError => {
  const meant = nearest(table, kept);
  return new UserError({
    code: 'not-kept',
    what: `Nobody asked to keep what is left of ${capped(table, 80)}, so there is nothing to take back.`,
    fix: meant === undefined ? advise('What is kept:', ['tablekeeper', 'keep']) : `Did you mean ${meant}?`,
  });
};

/** Writes down that a table is kept. Returns why its name could not be checked, where it could not. */
const keepIt = async (deps: KeepDeps, table: string, sight: KeepSight): Promise<Failure | undefined> => {
  const keepable = keepableOf(table, sight);
  if (keepable.kind === 'unknown') throw unknownTable(table, keepable.names);
  if (keepable.kind === 'ended') throw nothingLeft(table, keepable.endedAt);
  await deps.stateStore.keepTable({ keptTable: table, keptAt: deps.clock.now() });
  return keepable.kind === 'unchecked' ? keepable.failure : undefined;
};

const releaseIt = async (deps: KeepDeps, table: string): Promise<void> => {
  const kept = (await deps.stateStore.readKept()).map(({ keptTable }) => keptTable);
  if (!kept.includes(table)) throw notKept(table, kept);
  await deps.stateStore.releaseTable(table);
};

/**
 * Notes that what is left of a deleted table stays, or takes that back. Throws a `UserError` for a table of which nothing is known, or nothing left. It holds for a
 * run that is under way, as far as that has not begun to delete, and for this deployment alone.
 */
export const keepDeleted = async (deps: KeepDeps, table: string, isKept: boolean): Promise<KeptNow> => {
  const { clock, instance, inventory, policies, stateStore, tableReader } = deps;
  const [memory, points, there] = await Promise.all([
    stateStore.readMemory(),
    tableReader.listRecoveryPointsOf(table),
    inventory.describeTable(table),
  ]);
  const sight = { instance, memory, points };
  const unchecked = isKept ? await keepIt(deps, table, sight) : undefined;
  if (!isKept) await releaseIt(deps, table);
  const endsInVaults = endsAheadOf(table, { memory, now: clock.now(), policies: policies.policies });
  return {
    table,
    isKept,
    endedBy: endingPolicies(policies)
      .map(({ name }) => name)
      .toSorted(),
    others: otherDeployments(sight),
    ...(unchecked !== undefined && { unchecked }),
    ...(there.kind !== 'unreadable' && { isThere: there.kind === 'found' }),
    ...(endsInVaults !== undefined && { endsInVaults }),
  };
};
