import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { holdOf } from '../scene/hold.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import { seenOrRemembered } from '../scene/remembered-points.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';

export interface Series extends OwnedRecoveryPoints {
  readonly rule: Policy | undefined;
}

/** The table of one row, with all that is kept of it. */
export interface Row {
  readonly table: string;
  /** `deleted`: only its recovery points are left · `ungoverned`: no policy governs it, and some are left. */
  readonly state: 'governed' | 'ungoverned' | 'deleted';
  readonly governed?: GovernedTable;
  readonly series: readonly Series[];
}

/** What rows are made of. */
interface RowInput extends Pick<PlanInput, 'instance' | 'memory' | 'now' | 'observation' | 'policies'> {
  readonly scene: Pick<Scene, 'copies' | 'governed' | 'own'>;
}

/** Whether a recovery point is of a table that is gone, also where another one has its name now. */
export const isOfGone = ({ governed, state }: Row, { tableId }: RecoveryPoint): boolean =>
  state === 'deleted' || (governed?.table.details?.tableId ?? tableId) !== tableId;

export const pointsOf = ({ series }: Row): readonly RecoveryPoint[] =>
  series.flatMap(({ points }) => points.map(({ recoveryPoint }) => recoveryPoint));

export const isHeld = ({ governed }: Row): boolean =>
  governed !== undefined && holdOf(governed.table).kind !== 'none';

/** SAFETY: what is in another account, or in a vault that could not be listed, is paid for as what is seen. */
const seriesIn = (input: RowInput): readonly Series[] => {
  const { policies, scene } = input;
  const { copies, own } = seenOrRemembered({ own: scene.own.values(), copies: scene.copies.values() }, input);
  const rules = new Map(policies.policies.map((policy) => [policy.name, policy]));
  return [...own, ...copies].map((one) => ({
    ...one,
    rule: rules.get(one.policy),
  }));
};

/** Whether a table is gone, of which only recovery points are left; never where the list of tables could not be read. */
const deletedIn = ({ tableNames, tables }: Observation): ((table: string) => boolean) => {
  const standing = new Set([...(tableNames ?? []), ...tables.map(({ name }) => name)]);
  return (table) => tableNames !== undefined && !standing.has(table);
};

/** A row for each governed table, and for each other one of which anything is left. */
export const rowsOf = (input: RowInput): readonly Row[] => {
  const { observation, scene } = input;
  const byTable = Map.groupBy(seriesIn(input), ({ table }) => table);
  const governed = new Map(
    scene.governed.filter(({ policies }) => policies.length > 0).map((one) => [one.table.name, one]),
  );
  const isDeleted = deletedIn(observation);
  const names = [...new Set([...governed.keys(), ...byTable.keys()])].toSorted();
  return names.map((table) => {
    const series = byTable.get(table) ?? [];
    const one = governed.get(table);
    if (one !== undefined) return { table, state: 'governed', governed: one, series };
    return { table, state: isDeleted(table) ? 'deleted' : 'ungoverned', series };
  });
};

/** Returns what one policy keeps or would keep of a table; undefined where it does neither. */
export const rowOfPolicy = (row: Row, policy: string): Row | undefined => {
  const series = row.series.filter((one) => one.policy === policy);
  const governed = row.governed && {
    ...row.governed,
    policies: row.governed.policies.filter(({ name }) => name === policy),
  };
  if (series.length === 0 && (governed?.policies ?? []).length === 0) return undefined;
  return { ...row, series, ...(governed && { governed }) };
};
