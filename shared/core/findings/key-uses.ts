import { type Finding, findingId } from '../../model/finding.ts';
import type { AskedKey, LockingKey, TableKeys } from '../../model/key-facts.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { asKnown } from '../protection/known-deletion.ts';
import { keysNeededAt } from '../scene/key-spans.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { lastKeyOf, lockingKeyOf, needsLastKey, pointsUnderTableKeys } from '../scene/table-keys.ts';
import { utcText } from '../text/time.ts';
import { counted, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';

/** One key that something of one incarnation of a table needs. */
interface KeyUse {
  readonly table: string;
  /** Recovery points of this deployment that need it, oldest first; one made while the table changed its key may need it. */
  readonly points: readonly RecoveryPoint[];
  readonly maybe: number;
  /** Whether it was the last key of the table that was seen. */
  readonly isLast: boolean;
  readonly isGone: boolean;
}

/** All that needs one key that cannot be used, of all tables of one name. */
export interface LockedUse extends KeyUse {
  readonly key: LockingKey;
  /** Whether no recovery point of the table can be restored without it. */
  readonly isAll: boolean;
}

const isGone = ({ goneAt, table, tableId }: TableKeys, { observation }: CheckContext): boolean => {
  const there = observation.tables.find(({ name }) => name === table)?.details?.tableId;
  if (there !== undefined) return there !== tableId;
  const isUnlisted =
    isSeenWhole(observation, 'table-names') && observation.tableNames?.includes(table) === false;
  return goneAt !== undefined || isUnlisted;
};

const useOf = (
  one: TableKeys,
  arn: string,
  all: readonly RecoveryPoint[],
  context: CheckContext,
): KeyUse | undefined => {
  const needs = all.map((point) => ({ point, ...keysNeededAt(one.spans, point.createdAt) }));
  const needing = needs.filter(({ keys }) => keys.includes(arn));
  const isLast = lastKeyOf(one) === arn && needsLastKey(one, context.now);
  return needing.length === 0 && !isLast
    ? undefined
    : {
        table: one.table,
        points: needing.map(({ point }) => point),
        maybe: needing.filter(({ isSure }) => !isSure).length,
        isLast,
        isGone: isGone(one, context),
      };
};

const together = (uses: readonly [KeyUse, ...KeyUse[]]): KeyUse => ({
  table: uses[0].table,
  points: uses.flatMap(({ points }) => points).toSorted((a, b) => a.createdAt - b.createdAt),
  maybe: uses.reduce((sum, { maybe }) => sum + maybe, 0),
  isLast: uses.some(({ isLast }) => isLast),
  isGone: uses.every((use) => use.isGone),
});

/** Lists by table what needs a key. */
const usesOf = (arn: string, context: CheckContext): readonly KeyUse[] => {
  const { instance, observation } = context;
  const tables = (observation.keyFacts?.tables ?? []).filter(({ spans }) =>
    spans.some(({ keyArn }) => keyArn === arn),
  );
  const points = pointsUnderTableKeys(tables, observation.recoveryPoints, instance);
  const uses = tables.flatMap((one) => useOf(one, arn, points.get(one.tableId) ?? [], context) ?? []);
  return [...Map.groupBy(uses, ({ table }) => table).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : together([first, ...rest]),
  );
};

const availableOf = (table: string, { own }: CheckContext): number =>
  [...own.values()]
    .filter((series) => series.table === table)
    .flatMap(({ points }) => points)
    .filter(({ recoveryPoint }) => recoveryPoint.status === 'available').length;

const keysOf = ({ observation }: CheckContext): readonly AskedKey[] => observation.keyFacts?.keys ?? [];

/** Lists what cannot be restored because of its key, by key and table. */
export const lockedUses = (context: CheckContext): readonly LockedUse[] =>
  keysOf(context).flatMap((asked) => {
    const key = lockingKeyOf(asked);
    return key === undefined
      ? []
      : usesOf(asked.arn, context).map((use) => {
          const isAll = use.points.length > 0 && use.points.length >= availableOf(use.table, context);
          return { ...use, key, isAll };
        });
  });

/** The kinds of finding about keys of recovery points. */
export type KeyKind = 'backup-key-ending' | 'backup-key-unusable';

export const keyFindingId = (kind: KeyKind, { key, table }: Pick<LockedUse, 'key' | 'table'>): string =>
  findingId(kind, table, key.arn);

/** SAFETY: a key that could not be read resolves nothing. Returns what is open of such keys, as it was found. */
export const keptOfUnread = (kind: KeyKind, context: CheckContext): readonly Finding[] => {
  const unread = keysOf(context).filter(({ seen }) => seen.kind === 'unreadable');
  const ids = new Set(
    unread.flatMap(({ arn }) => usesOf(arn, context).map(({ table }) => findingId(kind, table, arn))),
  );
  return context.openFindings
    .filter(({ id }) => ids.has(id))
    .map((open) => ({ ...asKnown(open), severity: open.severity }));
};

const spanText = (points: readonly RecoveryPoint[]): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  return points.length === 1
    ? `made ${utcText(first.createdAt)}`
    : `made from ${utcText(first.createdAt)} to ${utcText(last.createdAt)}`;
};

const lastText = ({ isGone: gone, isLast, table }: KeyUse): string => {
  if (!isLast) return '';
  return gone
    ? ` It is the last key that ${table} had, which is deleted: a SYSTEM backup of it needs the key as well.`
    : ` It is the key that ${table} has now: the table itself and its point-in-time recovery need it as well.`;
};

/** Says what needs a key. */
export const needText = (use: LockedUse): string => {
  const { key, maybe, points, table } = use;
  const count = counted(points.length, 'recovery point');
  const what =
    points.length === 0
      ? `${table} has no recovery point that needs the key ${key.arn}.`
      : `${count} of ${table}, ${spanText(points)}, ${verb(points.length, 'needs', 'need')} the key ${key.arn}.`;
  const unsure =
    maybe === 0
      ? ''
      : ` ${maybe} of them ${verb(maybe, 'was', 'were')} made at about the time at which the table changed its key, and may need another one.`;
  return `${what}${unsure}${lastText(use)}`;
};
