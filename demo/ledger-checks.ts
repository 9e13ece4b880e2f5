import { DAY_MS, HOUR_MS, type Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import type { Table } from '../sim/dynamodb/table.ts';
import { drillChecks } from './drill-checks.ts';
import { HOLD_TAG, POLICY_TAG } from './estate.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { type MadePoint, madePoints } from './made-points.ts';
import { accessKeyOf } from './stack.ts';
import { vaultChecks } from './vault-checks.ts';

const FUNCTIONS: readonly string[] = ['backup', 'prune', 'audit'].map(accessKeyOf);

const [BACKUP, PRUNE] = [accessKeyOf('backup'), accessKeyOf('prune')];

const isBy = (who: string | undefined, names: readonly string[]): boolean =>
  who !== undefined && names.includes(who);

const textOf = ({ table, name }: MadePoint): string => `${name} of ${table}`;

const isAlive = ({ deletedAt }: MadePoint, at: Instant): boolean => deletedAt === undefined || deletedAt > at;

const slotKey = ({ tableId, name }: MadePoint): string => `${tableId} ${name}`;

/** No two that existed at the same time: what a person deleted may be made again. */
const doubles = (points: readonly MadePoint[]): readonly string[] =>
  [...Map.groupBy(points, slotKey).values()]
    .filter((group) =>
      group.some((point, at) => at > 0 && group.slice(0, at).some((one) => isAlive(one, point.madeAt))),
    )
    .flatMap((group) => group.slice(0, 1).map(textOf));

const streamKey = ({ tableId, own }: MadePoint): string => `${tableId} ${own?.policy}`;

/** Those that the prune function deleted while nothing newer of their stream could be restored. */
const newestDeleted = (points: readonly MadePoint[]): readonly string[] => {
  const streams = Map.groupBy(points, streamKey);
  return points
    .filter((point) => isBy(point.deletedBy, [PRUNE]))
    .filter((point) => {
      const { deletedAt = 0, own: { slot } = { slot: 0 } } = point;
      const isNewer = (one: MadePoint): boolean =>
        (one.own?.slot ?? 0) > slot && one.madeAt < deletedAt && isAlive(one, deletedAt);
      return !(streams.get(streamKey(point)) ?? []).some(isNewer);
    })
    .map(textOf);
};

interface Wanted {
  readonly table: Table;
  readonly policy: string;
}

const wantedOf = ({ state }: SimAccount): readonly Wanted[] =>
  [...state.tables.all()].flatMap((table) =>
    (table.tags[POLICY_TAG] ?? 'none')
      .split('+')
      .filter((policy) => policy in LONGEST_GAP_MS)
      .map((policy) => ({ table, policy })),
  );

/** An hour between runs, and the moments a run takes. */
const UNTIL_NEXT_RUN_MS = 65 * 60_000;

const LONGEST_GAP_MS: Readonly<Record<string, number>> = {
  critical: HOUR_MS,
  standard: 25 * HOUR_MS,
  archive: 31 * DAY_MS,
};

const withoutNewest = (account: SimAccount, points: readonly MadePoint[]): readonly string[] => {
  const now = account.clock.now();
  return wantedOf(account)
    .filter(({ table, policy }) => {
      const allowedMs = (LONGEST_GAP_MS[policy] ?? 0) + UNTIL_NEXT_RUN_MS;
      return !points.some(
        (point) =>
          point.tableId === table.id &&
          point.own?.policy === policy &&
          isAlive(point, now) &&
          now - point.own.slot <= allowedMs,
      );
    })
    .map(({ table, policy }) => `${table.name} under ${policy}`);
};

const ofUntouchables = ({ state }: SimAccount, points: readonly MadePoint[]): readonly string[] => {
  const wanted = new Set(
    [...state.tables.all()].filter(({ tags }) => (tags[POLICY_TAG] ?? 'none') === 'none').map(({ id }) => id),
  );
  return points.filter(({ tableId }) => wanted.has(tableId)).map(textOf);
};

const ofHeld = ({ state }: SimAccount, points: readonly MadePoint[]): readonly string[] => {
  const held = [...state.tables.all()].filter(({ tags }) => tags[HOLD_TAG] === 'true').map(({ id }) => id);
  return points
    .filter(({ tableId, deletedAt }) => held.includes(tableId) && deletedAt !== undefined)
    .map(textOf);
};

const ofLost = ({ state }: SimAccount, points: readonly MadePoint[]): readonly string[] => {
  const lostAt = new Map(state.ledger.of('table-deleted').map(({ tableId, at }) => [tableId, at]));
  return points
    .filter(({ tableId, deletedAt = 0 }) => deletedAt > (lostAt.get(tableId) ?? Number.POSITIVE_INFINITY))
    .map(textOf);
};

/** Checks Tablekeeper's promises against the account's own ledger at the end of the story. */
export const ledgerChecks = (account: SimAccount): readonly LedgerCheck[] => {
  const all = madePoints(account);
  const own = all.filter(({ own: name, madeBy }) => name !== undefined && isBy(madeBy, FUNCTIONS));
  const others = all.filter((point) => !own.includes(point));
  const deletedByUs = (points: readonly MadePoint[]) =>
    points.filter(({ deletedBy }) => isBy(deletedBy, FUNCTIONS));
  return [
    { claim: "nobody else's backup was deleted", contradictions: deletedByUs(others).map(textOf) },
    { claim: 'every slot has at most one recovery point', contradictions: doubles(own) },
    { claim: 'the newest recovery point of a table was never deleted', contradictions: newestDeleted(own) },
    { claim: 'every governed table has its newest slot', contradictions: withoutNewest(account, own) },
    {
      claim: 'nothing was made of tables that opted out or carry no tag',
      contradictions: ofUntouchables(account, own),
    },
    { claim: 'nothing was deleted of tables on hold', contradictions: ofHeld(account, own) },
    { claim: 'nothing was deleted of tables that are gone', contradictions: ofLost(account, own) },
    {
      claim: 'only the backup function made, and only the prune function deleted',
      contradictions: [
        ...own.filter(({ madeBy }) => madeBy !== BACKUP),
        ...own.filter(({ deletedBy }) => isBy(deletedBy, FUNCTIONS) && deletedBy !== PRUNE),
      ].map(textOf),
    },
    ...vaultChecks(account),
    ...drillChecks(account),
  ];
};
