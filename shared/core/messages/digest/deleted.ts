import type { DigestSection } from '../../../model/digest-message.ts';
import type { Instant } from '../../../model/instant.ts';
import type { Observation } from '../../../model/observation.ts';
import { commandText } from '../../../model/shell.ts';
import { type Amount, amountText } from '../../money/amount.ts';
import { billAt, totalOf } from '../../money/bill.ts';
import { PRICES } from '../../money/prices.ts';
import { storedOfDeleted, storedPoint } from '../../money/stored.ts';
import { type GoneScope, standingUnder } from '../../retention/gone-tables.ts';
import { type BytesSum, bytesSumOf, bytesSumText } from '../../text/bytes-sum.ts';
import { keepDeletedCommand } from '../../text/commands.ts';
import { utcText } from '../../text/time.ts';
import { type Deployment, wholeCommand } from '../../text/whole-command.ts';
import { counted, listed, verb } from '../../text/words.ts';

/** What is left of tables that no longer exist. */
export interface DeletedTables {
  readonly tables: readonly string[];
  readonly points: number;
  readonly size: BytesSum;
  /** What it costs a month. */
  readonly monthly: Amount;
  /** Those of which a policy ends what is left, the next one first. */
  readonly ending: readonly EndingTable[];
}

/** A deleted table, and from when on what is left of it is deleted. */
export interface EndingTable {
  readonly table: string;
  readonly at: Instant;
}

/** By what it is known what becomes of deleted tables. */
export type DeletedScope = Pick<GoneScope, 'memory' | 'policies'>;

const NOTHING_KNOWN: DeletedScope = { memory: {}, policies: { policies: [] } };

const endingOf = (
  gone: readonly { readonly table: string; readonly policy: string }[],
  scope: GoneScope,
): readonly EndingTable[] => {
  const ends = gone.flatMap(({ policy, table }) => {
    const standing = standingUnder(table, policy, scope);
    return 'at' in standing ? [{ table, at: standing.at }] : [];
  });
  return [...new Map(ends.map((one) => [one.table, one])).values()].toSorted(
    (a, b) => a.at - b.at || (a.table < b.table ? -1 : 1),
  );
};

/** Sums the recovery points of this instance whose table is gone. Returns undefined where there are none, and where the list of tables could not be read. */
export const deletedTablesOf = (
  observation: Observation,
  instance: string,
  scope: DeletedScope = NOTHING_KNOWN,
): DeletedTables | undefined => {
  const gone = storedOfDeleted(observation, instance) ?? [];
  const points = gone.flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint));
  if (points.length === 0) return undefined;
  const now = observation.observedAt;
  const stored = points.map((point) => storedPoint(point, observation.target, { now }));
  return {
    tables: [...new Set(gone.map(({ table }) => table))].toSorted(),
    points: points.length,
    size: bytesSumOf(points),
    monthly: totalOf(billAt(stored, now, PRICES)),
    ending: endingOf(gone, { ...scope, now }),
  };
};

const priceText = (monthly: Amount): string => {
  if (monthly.lacks.length === 0 && monthly.usd < 0.01) return 'less than a cent a month';
  if (monthly.lacks.length > 0 && monthly.usd === 0) return 'at a price that is not known';
  return `${monthly.lacks.length === 0 ? 'about ' : ''}${amountText(monthly)} a month`;
};

/** How many tables to name with their day. */
const MOST_NAMED = 10;

const endTexts = ({ ending, tables }: DeletedTables, deployment: Deployment): readonly string[] => {
  const others = tables.length - ending.length;
  const stay = others === tables.length ? 'They stay' : 'The others stay';
  const rest = others === 0 ? [] : [`${stay} until someone deletes them.`];
  if (ending.length === 0) return rest;
  const named = ending.slice(0, MOST_NAMED).map(({ table, at }) => `${table} from ${utcText(at)} on`);
  const more = ending.length > MOST_NAMED ? [`${ending.length - MOST_NAMED} more later`] : [];
  return [
    `By afterDeletion of its policy Tablekeeper deletes what that has left of ${[...named, ...more].join(', ')}. To keep what is left of a table: ${commandText(wholeCommand(keepDeletedCommand('TABLE'), deployment))}`,
    ...rest,
  ];
};

/** Says what deleted tables still cost, and what becomes of it: a person deletes it, or a policy after a time. */
export const deletedSection = (deleted: DeletedTables, deployment: Deployment): DigestSection => {
  const { tables, points, size, monthly } = deleted;
  return {
    title: 'deleted tables',
    severity: 'info',
    lines: [
      `${counted(tables.length, 'deleted table')} still ${verb(tables.length, 'has', 'have')} ${counted(points, 'recovery point')}, ${bytesSumText(size)}, ${priceText(monthly)}: ${listed(tables)}.`,
      ...endTexts(deleted, deployment),
    ],
  };
};
