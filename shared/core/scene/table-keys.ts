import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { AskedKey, KeyFacts, LockingKey, PointLock, TableKeys } from '../../model/key-facts.ts';
import type { KeySpan } from '../../model/key-span.ts';
import type { ManifestHead } from '../../model/manifest.ts';
import type { Observation } from '../../model/observation.ts';
import type { Withheld } from '../../model/picture.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { lacksKey, type TaggedTable } from '../../model/table.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import { keysNeededAt, type NeededKeys, spansOfHead, withSeenKey } from './key-spans.ts';

/** How long DynamoDB keeps the SYSTEM backup of a deleted table, which needs the last key that the table had. */
const SYSTEM_KEPT_MS = 35 * DAY_MS;

type Standing = Pick<TaggedTable, 'details' | 'name'>;

const seenKey = ({ details }: Standing): Pick<KeySpan, 'keyArn'> =>
  details?.keyArn === undefined ? {} : { keyArn: details.keyArn };

const ofHead = (head: ManifestHead, standing: Standing | undefined, now: Instant): TableKeys => {
  const { goneAt, table, tableId } = head;
  const isThere = standing?.details?.tableId === tableId;
  const spans = isThere ? withSeenKey(head, seenKey(standing), now) : spansOfHead(head);
  return { table, tableId, ...(goneAt !== undefined && !isThere && { goneAt }), spans };
};

/** Joins what audits kept with the keys that tables have now. Tables that never had a customer's key are left out. */
export const tableKeysOf = (
  heads: readonly ManifestHead[],
  { observedAt, tables }: Pick<Observation, 'observedAt' | 'tables'>,
): readonly TableKeys[] => {
  const standing = new Map(tables.map((table) => [table.name, table]));
  const kept = new Set(heads.map(({ tableId }) => tableId));
  const unkept = tables.flatMap((table): readonly TableKeys[] => {
    const { details, name } = table;
    if (details?.keyArn === undefined || kept.has(details.tableId)) return [];
    const span = { ...seenKey(table), from: observedAt, until: observedAt };
    return [{ table: name, tableId: details.tableId, spans: [span] }];
  });
  return [...heads.map((head) => ofHead(head, standing.get(head.table), observedAt)), ...unkept]
    .filter(({ spans }) => spans.length > 0)
    .toSorted((a, b) => (a.table < b.table || (a.table === b.table && a.tableId < b.tableId) ? -1 : 1));
};

/** Whether a recovery point is encrypted with the key of its table. What AWS Backup keeps itself is encrypted with the key of its vault. */
export const isUnderTableKey = ({ id }: Pick<RecoveryPoint, 'id'>): boolean => !isKeptByAwsBackup(id);

/** Selects the recovery points of this deployment that are restored with keys of those tables, by the table's id. */
export const pointsUnderTableKeys = (
  tables: readonly TableKeys[],
  points: readonly RecoveryPoint[],
  instance: string,
): ReadonlyMap<string, readonly RecoveryPoint[]> => {
  const ids = new Set(tables.map(({ tableId }) => tableId));
  const isOurs = ({ origin, status, tableId }: RecoveryPoint): boolean =>
    ids.has(tableId) && status === 'available' && origin?.instance === instance;
  const ours = ids.size === 0 ? [] : points.filter((point) => isOurs(point) && isUnderTableKey(point));
  return Map.groupBy(ours, ({ tableId }) => tableId);
};

/** Whether the last key of a table is needed whatever recovery points there are: by the table, or by the SYSTEM backup that there may be of it. */
export const needsLastKey = ({ goneAt }: Pick<TableKeys, 'goneAt'>, now: Instant): boolean =>
  now - (goneAt ?? now) < SYSTEM_KEPT_MS;

/** The last key of a table: that of a table that is there, or of its SYSTEM backup. Undefined where that is one of AWS's own. */
export const lastKeyOf = ({ spans }: Pick<TableKeys, 'spans'>): string | undefined => spans.at(-1)?.keyArn;

/** What decides which keys are asked for. */
type AskScope = Pick<Observation, 'observedAt' | 'recoveryPoints' | 'vaultFacts'>;

/** Keys of vaults that no policy names any more: those of the others are asked for with their vaults. */
const keysOfFormerVaults = (
  { recoveryPoints, vaultFacts }: AskScope,
  instance: string,
): readonly string[] => {
  const asked = new Set(vaultFacts?.keys.map(({ arn }) => arn));
  const ours = recoveryPoints.filter(({ origin }) => origin?.instance === instance);
  return [...new Set(ours.flatMap(({ keyArn }) => keyArn ?? []))].filter((arn) => !asked.has(arn));
};

/** Lists the keys that something needs, sorted: recovery points, tables as they are now, and SYSTEM backups of those that are gone. */
export const keysToAsk = (
  tables: readonly TableKeys[],
  scope: AskScope,
  instance: string,
): readonly string[] => {
  const { observedAt, recoveryPoints } = scope;
  const points = pointsUnderTableKeys(tables, recoveryPoints, instance);
  const needed = tables.flatMap((one) => [
    ...(points.get(one.tableId) ?? []).flatMap(({ createdAt }) => keysNeededAt(one.spans, createdAt).keys),
    ...(needsLastKey(one, observedAt) ? [lastKeyOf(one) ?? []].flat() : []),
  ]);
  return [...new Set([...needed, ...keysOfFormerVaults(scope, instance)])].toSorted();
};

/** Says what a key that was asked for keeps from being restored; undefined where it can be used, or that is not known. */
export const lockingKeyOf = ({ arn, seen }: AskedKey): LockingKey | undefined => {
  if (seen.kind === 'unreadable') return undefined;
  if (seen.kind === 'missing') return { arn, state: 'gone' };
  const { deletesAt, state } = seen.value;
  if (state === 'usable') return undefined;
  return {
    arn,
    state: state === 'pending-deletion' ? 'ending' : state,
    ...(deletesAt !== undefined && { deletesAt }),
  };
};

/**
 * Creates a function that says why no second of a table can be restored, as KMS or the table's own status says it: point-in-time recovery needs the
 * last key of the table, and gives nothing while it is being deleted. Undefined where its window counts.
 */
export const withheldBy = (facts: KeyFacts | undefined): ((table: Standing) => Withheld | undefined) => {
  const locking = new Set(facts?.keys.flatMap((key) => lockingKeyOf(key)?.arn ?? []));
  const ids = new Set(
    facts?.tables.filter((one) => locking.has(lastKeyOf(one) ?? '')).map(({ tableId }) => tableId),
  );
  return ({ details }) => {
    if (details === undefined) return undefined;
    if (ids.has(details.tableId) || lacksKey(details.status)) return 'key';
    return details.status === 'DELETING' ? 'deletion' : undefined;
  };
};

const lockOf = (key: AskedKey): readonly LockingKey[] => [lockingKeyOf(key) ?? []].flat();

/** What a look knows of keys. */
export type KeySight = Pick<Observation, 'keyFacts' | 'vaultFacts'>;

/** What decides which key a recovery point needs. */
type Keyed = Pick<RecoveryPoint, 'createdAt' | 'id' | 'keyArn' | 'tableId'>;

/** Finds the keys that a recovery point needs: what AWS Backup keeps itself that of its vault, any other the one that its table had. */
const keysOfPoint = (point: Keyed, tables: ReadonlyMap<string, TableKeys>): NeededKeys =>
  isUnderTableKey(point)
    ? keysNeededAt(tables.get(point.tableId)?.spans ?? [], point.createdAt)
    : { keys: [point.keyArn ?? []].flat(), isSure: true };

/**
 * Finds of recovery points which key keeps each from being restored. SAFETY: one that may need such a key is not taken to be restorable either; a point of
 * whose key nothing is known counts as whole.
 */
export const lockedPoints = (
  { keyFacts, vaultFacts }: KeySight,
  points: Iterable<Keyed>,
): ReadonlyMap<string, PointLock> => {
  const locked = new Map<string, PointLock>();
  const asked = [...(keyFacts?.keys ?? []), ...(vaultFacts?.keys ?? [])];
  const locking = new Map(asked.flatMap(lockOf).map((lock) => [lock.arn, lock]));
  if (locking.size === 0) return locked;
  const tables = new Map((keyFacts?.tables ?? []).map((one) => [one.tableId, one]));
  for (const point of points) {
    const { isSure, keys } = keysOfPoint(point, tables);
    const key = keys.flatMap((arn) => locking.get(arn) ?? [])[0];
    if (key !== undefined) locked.set(point.id, isSure ? key : { ...key, isUnsure: true });
  }
  return locked;
};
