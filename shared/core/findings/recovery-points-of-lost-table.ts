import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import { type GoneShare, goneShareOf } from '../retention/gone-points.ts';
import { goneRecordOf } from '../retention/gone-tables.ts';
import type { OwnRecoveryPoint, OwnSeries } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { bytesOfPointsText } from '../text/bytes-sum.ts';
import { deletePointCommands, explainCommand } from '../text/commands.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import { endingText } from './ending-text.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import { endsByRule, endText, fateAdvice, fateOf, type GoneFate } from './gone-text.ts';
import type { Finder, KindTraits } from './kind.ts';
import { newestText } from './newest-text.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-of-lost-table': true;
  }
}

type Loss = 'deleted' | 'recreated';

/** Determines whether an incarnation of a table is gone, from a complete list of names and from confirmed ids. */
export const lossBy = ({
  governed,
  observation,
}: CheckContext): ((table: string, tableId: string) => Loss | undefined) => {
  const seen = [...(observation.formerTables ?? []), ...governed.map(({ table }) => table)];
  // A table that opted out is asked about only where it matters, and then beside those that are governed.
  const ids = new Map(
    seen.flatMap(({ name, details }) => (details === undefined ? [] : [[name, details.tableId] as const])),
  );
  const names = isSeenWhole(observation, 'table-names') ? new Set(observation.tableNames) : undefined;
  return (table, tableId) => {
    const confirmedId = ids.get(table);
    if (confirmedId !== undefined) return confirmedId === tableId ? undefined : 'recreated';
    return names === undefined || names.has(table) ? undefined : 'deleted';
  };
};

type LossOf = ReturnType<typeof lossBy>;

const lostIn = ({ facts, points, table }: OwnSeries, lossOf: LossOf): readonly OwnRecoveryPoint[] => {
  const lost = new Set([...facts.tableIds].filter((tableId) => lossOf(table, tableId) !== undefined));
  if (lost.size === 0) return [];
  return points.filter(({ recoveryPoint: { status, tableId } }) => status !== 'deleted' && lost.has(tableId));
};

const ROOM = { deleted: 'was deleted', recreated: 'was deleted and made again' } as const;

/** While a table of the name is there, nothing of a former one ends. */
const fateUnder = (
  table: string,
  loss: Loss,
  points: readonly OwnRecoveryPoint[],
  context: CheckContext,
): GoneFate => {
  const policies = points.map(({ origin }) => origin.policy);
  const fate = fateOf(table, policies, context);
  const { kind } = fate.standing;
  return loss === 'recreated' && kind !== 'unruled' ? { ...fate, isThereAgain: true } : fate;
};

/** How many of them a policy ends. */
const shareOf = (
  table: string,
  points: readonly OwnRecoveryPoint[],
  { gone, now, own, policies, regimes }: CheckContext,
): GoneShare => {
  const series = [...own.values()].filter((one) => one.table === table);
  const share = goneShareOf(series, goneRecordOf(gone, table), { policies, regimes, now });
  return { ...share, staying: points.length - share.ending.length };
};

const findingOf = (
  table: string,
  loss: Loss,
  points: readonly OwnRecoveryPoint[],
  context: CheckContext,
): Finding => {
  const { now, openFindings, observation } = context;
  const { target } = observation;
  const size = bytesOfPointsText(points.map(({ recoveryPoint }) => recoveryPoint));
  const count = counted(points.length, 'recovery point');
  const id = findingId('recovery-points-of-lost-table', table);
  const fate = fateUnder(table, loss, points, context);
  const incarnations = points.map(({ recoveryPoint }) => recoveryPoint.tableId);
  return {
    id,
    kind: 'recovery-points-of-lost-table',
    severity: 'info',
    table,
    fact:
      `${table} ${ROOM[loss]}; ${count} of the former table (${size}) ${verb(points.length, 'is', 'are')} kept, the newest: ` +
      `${newestText(points.map(({ recoveryPoint }) => recoveryPoint))}.${endingText(points.map(({ recoveryPoint }) => recoveryPoint))}`,
    measured: count,
    promised: endsByRule(fate) ? `kept until ${endText(fate)}` : 'a person decides',
    since: now,
    ...advisedFor(table, (name) =>
      fateAdvice(
        name,
        fate,
        { share: shareOf(table, points, context), file: context.policies },
        advise(
          guardedText(
            'Restore the table from one, or delete them once nobody needs them',
            points.map(({ recoveryPoint }) => recoveryPoint),
          ),
          explainCommand(name),
          ...deletePointCommands(
            points.map(({ recoveryPoint }) => recoveryPoint),
            target,
          ),
        ),
      ),
    ),
    subjects: subjectsOf(incarnations, id, openFindings).subjects,
  };
};

/**
 * Withdraws the finding where the table's deletion finding reports that its last recovery points are gone, because that
 * is no good news, and where it is reported that Tablekeeper deleted them. SAFETY: where a table has the name again and nobody saw which one, nothing says
 * that the recovery points are of that one, and the finding stays.
 */
const footingOf = (
  { table = '' }: OpenFinding,
  { emptied, ended, existing, identified }: FootingScene,
): Footing => {
  if (emptied.has(table) || ended.has(table)) return 'withdrawn';
  return existing.has(table) && !identified.has(table) ? 'held' : 'looked-at';
};

/** What is known of it wherever it is open. */
export const recoveryPointsOfLostTable: KindTraits<'recovery-points-of-lost-table'> = {
  kind: 'recovery-points-of-lost-table',
  title: 'recovery points of a lost table',
  titleNamesTable: true,
  about: 'recovery-points',
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'details'],
};

/**
 * Finds recovery points owned by this instance whose table was deleted, or deleted and recreated under its name (its
 * `TableId` is another): one finding per table. They may be all that is left, so no rule deletes them but `afterDeletion` of their policy. A table
 * that only lost its tag exists, and a table that was not confirmed is not called recreated.
 */
export const recoveryPointsOfLostTableFinder: Finder<'recovery-points-of-lost-table'> = {
  kind: 'recovery-points-of-lost-table',
  findsFrom: ['recovery-points'],
  occasion: 'points-of-lost-tables',
  find: (context) => {
    if (!isSeenWhole(context.observation, 'recovery-points')) return [];
    const lossOf = lossBy(context);
    const lost = [...context.own.values()].flatMap((series) => lostIn(series, lossOf));
    const byTable = Map.groupBy(lost, ({ recoveryPoint }) => recoveryPoint.tableName);
    return [...byTable].flatMap(([table, points]) => {
      const [first] = points;
      const loss = first === undefined ? undefined : lossOf(table, first.recoveryPoint.tableId);
      return loss === undefined || isPassingTable(table) ? [] : [findingOf(table, loss, points, context)];
    });
  },
};
