import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Observation } from '../../model/observation.ts';
import type { Withheld } from '../../model/picture.ts';
import type { Plan, RetentionDecision } from '../../model/plan.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { createWording } from '../retention/reasons.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { holdOf } from '../scene/hold.ts';
import { seriesKey } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import { lockedPoints, withheldBy } from '../scene/table-keys.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';
import { missingSlotsIn } from './missing-slots.ts';
import { type Tier, tiersOf } from './tiers.ts';

/** One recovery point, and what it is there for. */
export interface PlacedPoint {
  /** The ARN; absent for a copy in another account that nobody listed yet. */
  readonly id?: string;
  /** What it holds is the table as of then: of a copy, when its source was made. */
  readonly at: Instant;
  readonly tier: Tier;
  /** Absent where the service does not say. */
  readonly sizeBytes?: number;
  /** `kept`: it stays · `leaving`: the next run deletes it · `held`: no rule keeps it, and something else does. */
  readonly fate: 'kept' | 'leaving' | 'held';
  /** Set where it is of an earlier table of the name. */
  readonly isOfEarlier?: true;
  /** Set where a vault lock or a legal hold forbids deleting it. */
  readonly isLocked?: true;
  readonly isCold?: true;
  /** When the service deletes it by itself; absent where it does not. */
  readonly deletesAt?: Instant;
}

/** Recovery points of one table under one policy that can be restored, in one place; oldest first. */
export interface Place {
  readonly policy: string;
  readonly target: Target;
  /** The backup vault; absent for DynamoDB's own backups. */
  readonly vault?: string;
  readonly isCopy: boolean;
  readonly points: readonly PlacedPoint[];
}

/** The seconds that point-in-time recovery reaches. `withheld`: it is on, and none of them can be restored. */
export interface PitrReach {
  readonly state: 'on' | 'off' | 'unread' | 'withheld';
  /** Set where they are withheld. */
  readonly withheld?: Withheld;
  readonly from?: Instant;
  readonly to?: Instant;
  /** Since when every second is promised, no earlier than the table is old; absent where none is. */
  readonly promisedFrom?: Instant;
}

/** A slot that has no recovery point and should have one. */
export interface MissingSlot {
  readonly policy: string;
  readonly slot: Instant;
}

/** To when a table can come back, and from where. */
export interface Restorable {
  readonly table: string;
  readonly policies: readonly string[];
  readonly pitr: PitrReach;
  readonly places: readonly Place[];
  readonly missing: readonly MissingSlot[];
  /** Since when the newest recovery point is older than the policy allows; absent where none is overdue. */
  readonly lateSince?: Instant;
  /** Whether a tag of the table stops all expiry. */
  readonly isOnHold: boolean;
  /** Absent where the table was not described. */
  readonly sizeBytes?: number;
}

/** What one look saw and decided. */
export interface RestorableInput {
  readonly observation: Observation;
  readonly scene: Scene;
  readonly plan: Plan;
  /** As `standingOf` has them. */
  readonly findings: readonly Finding[];
}

const fateOf = (decided: RetentionDecision | undefined): PlacedPoint['fate'] => {
  if (decided?.decision === 'expire') return 'leaving';
  return decided?.heldBack === undefined ? 'kept' : 'held';
};

const placedPoint = (
  point: RecoveryPoint,
  { tiers, decided, tableIds }: Pick<Index, 'tiers' | 'decided' | 'tableIds'>,
): PlacedPoint => ({
  id: point.id,
  at: point.createdAt,
  tier: tiers.get(point.id) ?? 'none',
  ...(point.sizeBytes !== undefined && { sizeBytes: point.sizeBytes }),
  fate: fateOf(decided.get(point.id)),
  ...((tableIds.get(point.tableName) ?? point.tableId) !== point.tableId && { isOfEarlier: true as const }),
  ...(point.heldBy !== undefined && point.heldBy.length > 0 && { isLocked: true as const }),
  ...(point.isCold === true && { isCold: true as const }),
  ...(point.deletesAt !== undefined && { deletesAt: point.deletesAt }),
});

interface Located {
  readonly place: Omit<Place, 'points'>;
  readonly point: PlacedPoint;
}

const keyOf = ({ policy, target, vault = '', isCopy }: Located['place']): string =>
  [policy, isCopy, target.region, target.accountId, vault].join(' ');

const placesOf = (located: readonly Located[]): readonly Place[] =>
  [...Map.groupBy(located, ({ place }) => keyOf(place)).values()].flatMap((ofPlace) => {
    const [first] = ofPlace;
    if (first === undefined) return [];
    const points = ofPlace.map(({ point }) => point).toSorted((a, b) => a.at - b.at);
    return [{ ...first.place, points }];
  });

const isRestorable = ({ status }: RecoveryPoint): boolean => status === 'available';

const locatedIn = (point: RecoveryPoint, policy: string, isCopy: boolean): Located['place'] => ({
  policy,
  target: point.location.target,
  ...(point.location.vault !== undefined && { vault: point.location.vault }),
  isCopy,
});

/** A copy in another account is in no list here: that its job ended well is all there is. */
const unlistedCopy = ({ policy, destination, source, status }: WantedCopy): readonly Located[] => {
  const vault = parseVaultArn(destination.vaultArn);
  if (vault === undefined || status.kind !== 'there') return [];
  const place = { policy: policy.name, target: vault.target, vault: vault.name, isCopy: true };
  const id = status.id === undefined ? {} : { id: status.id };
  return [{ place, point: { ...id, at: source.createdAt, tier: 'none', fate: 'kept' } }];
};

/** What is there of all tables, in the form that one table is looked up in. */
interface Index {
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly decided: ReadonlyMap<string, RetentionDecision>;
  /** The table that has the name now, where it was described. */
  readonly tableIds: ReadonlyMap<string, string>;
  readonly located: ReadonlyMap<string, readonly (Located & { readonly table: string })[]>;
}

const indexOf = ({ observation, plan, scene }: RestorableInput): Index => {
  const now = plan.plannedAt;
  const wording = createWording();
  const tiers = new Map(scene.allSeries.flatMap((series) => [...tiersOf(series, now, wording)]));
  const decided = new Map(plan.retention.map((one) => [one.recoveryPoint.id, one]));
  const tableIds = new Map(
    scene.governed.flatMap(({ table: { name, details } }) =>
      details === undefined ? [] : [[name, details.tableId] as const],
    ),
  );
  const known = { tiers, decided, tableIds };
  const all = [...scene.own.values()].flatMap(({ points }) => points);
  const locked = lockedPoints(
    observation.keyFacts,
    all.map(({ recoveryPoint }) => recoveryPoint),
  );
  const own = [...scene.own.values()].flatMap(({ table, policy, points }) =>
    points
      .filter(({ recoveryPoint }) => isRestorable(recoveryPoint) && !locked.has(recoveryPoint.id))
      .map(({ recoveryPoint: point }) => ({
        table,
        place: locatedIn(point, policy, false),
        point: placedPoint(point, known),
      })),
  );
  const sourceTimes = new Map(own.map(({ point }) => [point.id, point.at]));
  const listed = [...scene.copies.values()].flatMap(({ table, policy, points }) =>
    points
      .filter(({ recoveryPoint }) => isRestorable(recoveryPoint))
      .map(({ recoveryPoint: point }) => ({
        table,
        place: locatedIn(point, policy, true),
        point: { ...placedPoint(point, known), at: sourceTimes.get(point.copyOf) ?? point.createdAt },
      })),
  );
  const ids = new Set(listed.map(({ point }) => point.id));
  const unlisted = scene.wantedCopies
    .filter(({ status }) => status.kind === 'there' && (status.id === undefined || !ids.has(status.id)))
    .flatMap((copy) => unlistedCopy(copy).map((one) => ({ ...one, table: copy.table })));
  return { ...known, located: Map.groupBy([...own, ...listed, ...unlisted], ({ table }) => table) };
};

const pitrOf = (
  { table, policies }: GovernedTable,
  now: Instant,
  withheld: Withheld | undefined,
): PitrReach => {
  const { pitr, details } = table;
  const days = Math.max(0, ...policies.map((policy) => policy.pitr?.recoveryPeriodDays ?? 0));
  const promised = days === 0 ? {} : { promisedFrom: Math.max(now - days * DAY_MS, details?.createdAt ?? 0) };
  if (pitr === undefined) return { state: 'unread', ...promised };
  if (!pitr.enabled) return { state: 'off', ...promised };
  return {
    state: withheld === undefined ? 'on' : 'withheld',
    ...(withheld !== undefined && { withheld }),
    ...promised,
    ...(pitr.earliestRestorableAt !== undefined && { from: pitr.earliestRestorableAt }),
    ...(pitr.latestRestorableAt !== undefined && { to: pitr.latestRestorableAt }),
  };
};

const overdueIn = (findings: readonly Finding[]): ReadonlyMap<string, Instant> =>
  new Map(
    findings
      .filter(
        ({ kind, table, policy }) =>
          kind === 'recovery-point-overdue' && table !== undefined && policy !== undefined,
      )
      .map(({ table = '', policy = '', since }) => [seriesKey(table, policy), since]),
  );

/** Returns to when each governed table can come back and from where, sorted by table; tables that opted out are not among them. */
export const restorableTables = (input: RestorableInput): readonly Restorable[] => {
  const { observation, scene, plan, findings } = input;
  const now = plan.plannedAt;
  const index = indexOf(input);
  const withheldOf = withheldBy(observation.keyFacts);
  const overdue = overdueIn(findings);
  const missingSlots = missingSlotsIn({ regimes: scene.regimes, now });
  const allSeries = Map.groupBy(scene.allSeries, ({ table }) => table);
  return scene.governed
    .filter(({ optedOut }) => !optedOut)
    .map((one): Restorable => {
      const { name, details } = one.table;
      const own = allSeries.get(name) ?? [];
      const late = own.flatMap(({ policy }) => overdue.get(seriesKey(name, policy.name)) ?? []);
      const missing = own.flatMap((series) => {
        const isOverdue = overdue.has(seriesKey(name, series.policy.name));
        return missingSlots(series, isOverdue).map((slot) => ({ policy: series.policy.name, slot }));
      });
      return {
        table: name,
        policies: one.policies.map((policy) => policy.name),
        pitr: pitrOf(one, now, withheldOf(one.table)),
        places: placesOf(index.located.get(name) ?? []),
        missing,
        ...(late.length > 0 && { lateSince: Math.min(...late) }),
        isOnHold: holdOf(one.table).kind !== 'none',
        ...(details !== undefined && { sizeBytes: details.sizeBytes }),
      };
    });
};

/** Returns what is left of tables that no policy governs any more, or that are gone, sorted by table. Nothing of it expires. */
export const leftRecoveryPoints = (
  input: RestorableInput,
): readonly Pick<Restorable, 'table' | 'places'>[] => {
  const governed = new Set(
    input.scene.governed.filter(({ optedOut }) => !optedOut).map(({ table }) => table.name),
  );
  return [...indexOf(input).located]
    .filter(([table]) => !governed.has(table))
    .map(([table, located]) => ({ table, places: placesOf(located) }))
    .toSorted((a, b) => (a.table < b.table ? -1 : 1));
};
