import type { DigestSection } from '../../../model/digest-message.ts';
import type { Observation } from '../../../model/observation.ts';
import { type Amount, amountText } from '../../money/amount.ts';
import { billAt, totalOf } from '../../money/bill.ts';
import { PRICES } from '../../money/prices.ts';
import { storedOfDeleted, storedPoint } from '../../money/stored.ts';
import { bytesText } from '../../text/bytes.ts';
import { counted, listed, verb } from '../../text/words.ts';

/** What is left of tables that no longer exist. */
export interface DeletedTables {
  readonly tables: readonly string[];
  readonly points: number;
  readonly bytes: number;
  /** What it costs a month. */
  readonly monthly: Amount;
}

/** Sums the recovery points of this instance whose table is gone. Returns undefined where there are none, and where the list of tables could not be read. */
export const deletedTablesOf = (observation: Observation, instance: string): DeletedTables | undefined => {
  const gone = storedOfDeleted(observation, instance) ?? [];
  const points = gone.flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint));
  if (points.length === 0) return undefined;
  const now = observation.observedAt;
  const stored = points.map((point) => storedPoint(point, observation.target, { now }));
  return {
    tables: [...new Set(gone.map(({ table }) => table))].toSorted(),
    points: points.length,
    bytes: points.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    monthly: totalOf(billAt(stored, now, PRICES)),
  };
};

const priceText = (monthly: Amount): string => {
  if (monthly.lacks.length === 0 && monthly.usd < 0.01) return 'less than a cent a month';
  if (monthly.lacks.length > 0 && monthly.usd === 0) return 'at a price that is not known';
  return `${monthly.lacks.length === 0 ? 'about ' : ''}${amountText(monthly)} a month`;
};

/** Says what deleted tables still cost, because nothing deletes their recovery points but a person. */
export const deletedSection = ({ tables, points, bytes, monthly }: DeletedTables): DigestSection => ({
  title: 'deleted tables',
  severity: 'info',
  lines: [
    `${counted(tables.length, 'deleted table')} still ${verb(tables.length, 'has', 'have')} ${counted(points, 'recovery point')}, ${bytesText(bytes)}, ${priceText(monthly)}: ${listed(tables)}.`,
    'They stay until someone deletes them.',
  ],
});
