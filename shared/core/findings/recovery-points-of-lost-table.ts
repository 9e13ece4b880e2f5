import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { isPassingTable } from '../scene/governed.ts';
import type { OwnRecoveryPoint } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { bytesText } from '../text/bytes.ts';
import { deletePointCommands, explainCommand } from '../text/commands.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import { endingText } from './ending-text.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { ObservedKind } from './kind.ts';
import { newestText } from './newest-text.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-of-lost-table': true;
  }
}

type Loss = 'deleted' | 'recreated';

/** Determines whether the table of a recovery point is gone, from a complete list of names and from confirmed ids. */
export const lossBy = ({
  governed,
  observation,
}: CheckContext): ((point: OwnRecoveryPoint) => Loss | undefined) => {
  const seen = [...(observation.formerTables ?? []), ...governed.map(({ table }) => table)];
  const ids = new Map(seen.map(({ name, details }) => [name, details?.tableId]));
  const names = isSeenWhole(observation, 'table-names') ? new Set(observation.tableNames) : undefined;
  return ({ recoveryPoint: { tableName, tableId } }) => {
    const confirmedId = ids.get(tableName);
    if (confirmedId !== undefined) return confirmedId === tableId ? undefined : 'recreated';
    return names === undefined || names.has(tableName) ? undefined : 'deleted';
  };
};

const ROOM = { deleted: 'was deleted', recreated: 'was deleted and made again' } as const;

const findingOf = (
  table: string,
  loss: Loss,
  points: readonly OwnRecoveryPoint[],
  { now, openFindings, observation: { target } }: CheckContext,
): Finding => {
  const bytes = points.reduce((sum, { recoveryPoint }) => sum + recoveryPoint.sizeBytes, 0);
  const count = counted(points.length, 'recovery point');
  const id = findingId('recovery-points-of-lost-table', table);
  const incarnations = points.map(({ recoveryPoint }) => recoveryPoint.tableId);
  return {
    id,
    kind: 'recovery-points-of-lost-table',
    severity: 'info',
    table,
    fact:
      `${table} ${ROOM[loss]}; ${count} of the former table (${bytesText(bytes)}) ${verb(points.length, 'is', 'are')} kept, the newest: ` +
      `${newestText(points.map(({ recoveryPoint }) => recoveryPoint))}.${endingText(points.map(({ recoveryPoint }) => recoveryPoint))}`,
    measured: count,
    promised: 'a person decides',
    since: now,
    ...advisedFor(table, (name) =>
      advise(
        guardedText(
          'Tablekeeper never deletes them. Restore the table from one, or delete them once nobody needs them',
          points.map(({ recoveryPoint }) => recoveryPoint),
        ),
        explainCommand(name),
        ...deletePointCommands(
          points.map(({ recoveryPoint }) => recoveryPoint),
          target,
        ),
      ),
    ),
    subjects: subjectsOf(incarnations, id, openFindings).subjects,
  };
};

/**
 * Withdraws the finding where the table's deletion finding reports that its last recovery points are gone, because that
 * is no good news.
 */
const footingOf = ({ table }: OpenFinding, { emptied }: FootingScene): Footing =>
  emptied.has(table) ? 'withdrawn' : 'looked-at';

/**
 * Finds recovery points owned by this instance whose table was deleted, or deleted and recreated under its name (its
 * `TableId` is another): one finding per table. They may be all that is left, so no rule ever deletes them. A table
 * that only lost its tag exists, and a table that was not confirmed is not called recreated.
 */
export const recoveryPointsOfLostTable: ObservedKind<'recovery-points-of-lost-table'> = {
  kind: 'recovery-points-of-lost-table',
  title: 'recovery points of a lost table',
  titleNamesTable: true,
  about: 'recovery-points',
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'details'],
  findsFrom: ['recovery-points'],
  find: (context) => {
    if (!isSeenWhole(context.observation, 'recovery-points')) return [];
    const lossOf = lossBy(context);
    const lost = context.ownRecoveryPoints.filter(
      (point) => point.recoveryPoint.status !== 'deleted' && lossOf(point) !== undefined,
    );
    const byTable = Map.groupBy(lost, ({ recoveryPoint }) => recoveryPoint.tableName);
    return [...byTable].flatMap(([table, points]) => {
      const [first] = points;
      const loss = first === undefined ? undefined : lossOf(first);
      return loss === undefined || isPassingTable(table) ? [] : [findingOf(table, loss, points, context)];
    });
  },
};
