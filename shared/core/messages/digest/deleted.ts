import type { DigestSection } from '../../../model/digest-message.ts';
import type { Observation } from '../../../model/observation.ts';
import { ownedRecoveryPoints } from '../../scene/own-points.ts';
import { bytesText } from '../../text/bytes.ts';
import { counted, listed, verb } from '../../text/words.ts';

/** What is left of tables that no longer exist. */
export interface DeletedTables {
  readonly tables: readonly string[];
  readonly points: number;
  readonly bytes: number;
}

/** In dollars a GB and month: us-east-1's list price, as docs/cost.md has it. */
const PRICE = 0.1;
const GB = 1e9;

/** Sums the recovery points of this instance whose table is gone. Returns undefined where there are none, and where the list of tables could not be read. */
export const deletedTablesOf = (observation: Observation, instance: string): DeletedTables | undefined => {
  if (observation.tableNames === undefined) return undefined;
  const standing = new Set([...observation.tableNames, ...observation.tables.map(({ name }) => name)]);
  const gone = [...ownedRecoveryPoints(observation, instance).values()].filter(
    ({ table }) => !standing.has(table),
  );
  const points = gone.flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint));
  if (points.length === 0) return undefined;
  return {
    tables: [...new Set(gone.map(({ table }) => table))].toSorted(),
    points: points.length,
    bytes: points.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0),
  };
};

const priceText = (bytes: number): string => {
  const dollars = (bytes / GB) * PRICE;
  return dollars < 0.01 ? 'less than a cent' : `about $${dollars.toFixed(2)}`;
};

/** Says what deleted tables still cost, because nothing deletes their recovery points but a person. */
export const deletedSection = ({ tables, points, bytes }: DeletedTables): DigestSection => ({
  title: 'deleted tables',
  severity: 'info',
  lines: [
    `${counted(tables.length, 'deleted table')} still ${verb(tables.length, 'has', 'have')} ${counted(points, 'recovery point')}, ${bytesText(bytes)}, ${priceText(bytes)} a month: ${listed(tables)}.`,
    'They stay until someone deletes them.',
  ],
});
