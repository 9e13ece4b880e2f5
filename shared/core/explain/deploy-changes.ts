import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Observation } from '../../model/observation.ts';
import { sameValue } from '../../model/ordered-json.ts';
import type { Plan } from '../../model/plan.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { nextSlot } from '../calendar/slots.ts';
import { type Amount, sumOf } from '../money/amount.ts';
import { totalOf } from '../money/bill.ts';
import type { Prices } from '../money/prices.ts';
import { judgeSeries } from '../retention/judge.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { seriesKey } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import type { Series, SeriesPoint } from '../scene/series.ts';
import { type Steady, steadyBill, steadyOf } from '../simulate/steady.ts';

/** By DynamoDB, or else by the newest recovery point: a look that deletes does not describe every table. */
const bytesOf = ({ table }: GovernedTable, { allSeries }: Scene): number | undefined => {
  if (table.details !== undefined) return table.details.sizeBytes;
  const [newest] = allSeries
    .filter((series) => series.table === table.name)
    .flatMap(({ points }) => points.map(({ recoveryPoint }) => recoveryPoint))
    .filter(({ status }) => status === 'available')
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return newest?.sizeBytes;
};

const steadies = (now: number): ((policy: Policy) => Steady) => {
  const known = new Map<string, Steady>();
  return (policy) => {
    const steady = known.get(policy.name) ?? steadyOf(policy, now);
    known.set(policy.name, steady);
    return steady;
  };
};

/** Sums what all governed tables cost a month once the rules of their policies are full. Lacks the size of each table that is not known. */
export const settledCost = ({ observation, plan, scene }: PoliciesSeen, prices: Prices): Amount => {
  const now = plan.plannedAt;
  const of = steadies(now);
  const governed = scene.governed.filter(({ policies }) => policies.length > 0);
  return sumOf(
    governed.map((one) => {
      const bytes = bytesOf(one, scene);
      return bytes === undefined
        ? { usd: 0, lacks: [`the size of ${one.table.name}`] }
        : totalOf(steadyBill(one.policies.map(of), { bytes, target: observation.target, now }, prices));
    }),
  );
};

/** How far ahead a deployment is looked at. */
export const AHEAD_DAYS = 7;

/** What some policies make of the account as it is. */
export interface PoliciesSeen {
  readonly observation: Observation;
  readonly scene: Scene;
  readonly plan: Plan;
}

/** What a deployment would change. */
export interface DeployChanges {
  /** Tables that a policy governs, and none did; sorted, like the next. */
  readonly newlyGoverned: readonly string[];
  /** Tables that no policy would govern any more: nothing of them is backed up, and nothing expires. */
  readonly noLongerGoverned: readonly string[];
  /** What would expire within `AHEAD_DAYS` and sooner than by the deployed policies, oldest first. */
  readonly expiring: readonly RecoveryPoint[];
  /** How many expire within that time either way: steady operation. */
  readonly expiringAnyway: number;
  /** Whether the guardrail would hold them back until a person approves. */
  readonly heldByGuardrail: boolean;
}

const slotsUntil = (policy: Policy, now: Instant, end: Instant): readonly Instant[] => {
  const slots: Instant[] = [];
  for (let slot = nextSlot(policy, now); slot <= end; slot = nextSlot(policy, slot)) slots.push(slot);
  return slots;
};

const newestIn = ({ points }: Series): SeriesPoint | undefined =>
  points
    .filter(({ recoveryPoint }) => recoveryPoint.status === 'available')
    .toSorted((a, b) => b.recoveryPoint.createdAt - a.recoveryPoint.createdAt)[0];

/** A recovery point as it would be made for a slot. */
const imagined = (newest: SeriesPoint, slot: Instant, createdAt: Instant): SeriesPoint => ({
  slot,
  recoveryPoint: {
    ...newest.recoveryPoint,
    ...{ id: `imagined-${slot}`, name: '', createdAt, status: 'available' },
  },
});

/**
 * Returns the ids of the present recovery points of a series that its rules let go until an instant, if each slot until then is made. What
 * a hold keeps stays.
 */
const goneUntil = (series: Series, now: Instant, end: Instant): ReadonlySet<string> => {
  const newest = newestIn(series);
  if (newest === undefined || series.hold) return new Set();
  const isDue = newest.slot < series.latestSlot;
  const made = [
    ...(isDue ? [imagined(newest, series.latestSlot, now)] : []),
    ...slotsUntil(series.policy, now, end).map((slot) => imagined(newest, slot, slot)),
  ];
  const present = new Set(series.points);
  const tableId = series.confirmed?.tableId ?? newest.recoveryPoint.tableId;
  const judged = judgeSeries({ ...series, points: [...series.points, ...made] }, tableId, end);
  const gone = judged.filter(({ decision, point }) => decision === 'expire' && present.has(point));
  return new Set(gone.map(({ point }) => point.recoveryPoint.id));
};

const isSameRule = (one: Policy, other: Policy): boolean =>
  sameValue([one.schedule, one.timezone, one.retention], [other.schedule, other.timezone, other.retention]);

/** Slots that move by less are no reason to ask; where the schedule is the same nothing moves. */
const SLACK_MS = 3 * HOUR_MS;

const slackOf = (one: Policy, other: Policy): number =>
  one.schedule === other.schedule && one.timezone === other.timezone ? 0 : SLACK_MS;

/** Twice a day, so that one of the two is far from a slot of the night. */
const MOMENTS = Array.from({ length: 2 * AHEAD_DAYS + 1 }, (_, half) => half * (DAY_MS / 2));

/** Returns the ids of what goes sooner by the given rules than by the deployed ones; all that goes where nothing is deployed for the series. */
const soonerGone = (given: Series, deployed: Series | undefined, now: Instant): ReadonlySet<string> => {
  if (deployed === undefined) return goneUntil(given, now, now + AHEAD_DAYS * DAY_MS);
  if (isSameRule(given.policy, deployed.policy)) return new Set();
  const slack = slackOf(given.policy, deployed.policy);
  return new Set(
    MOMENTS.flatMap((ahead) => {
      const kept = goneUntil(deployed, now, now + ahead + slack);
      return [...goneUntil(given, now, now + ahead)].filter((id) => !kept.has(id));
    }),
  );
};

const allSeriesIn = (seen: PoliciesSeen | undefined): ReadonlyMap<string, Series> =>
  new Map(seen?.scene.allSeries.map((series) => [seriesKey(series.table, series.policy.name), series]));

const governedIn = (seen: PoliciesSeen | undefined): readonly string[] =>
  (seen?.scene.governed ?? [])
    .filter(({ optedOut, policies }) => !optedOut && policies.length > 0)
    .map(({ table }) => table.name);

const missingFrom = (names: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return names.filter((name) => !known.has(name)).toSorted();
};

/**
 * SAFETY: compares what two policy files make of one account. Without a deployed one everything that expires is a change. The account is
 * taken as it is: tables are not added, and every slot until then is made.
 */
export const deployChanges = (given: PoliciesSeen, deployed: PoliciesSeen | undefined): DeployChanges => {
  const [after, before] = [governedIn(given), governedIn(deployed)];
  const now = given.plan.plannedAt;
  const others = allSeriesIn(deployed);
  const { allSeries } = given.scene;
  const sooner = new Set(
    allSeries.flatMap((series) => [
      ...soonerGone(series, others.get(seriesKey(series.table, series.policy.name)), now),
    ]),
  );
  const all = allSeries.flatMap((series) => [...goneUntil(series, now, now + AHEAD_DAYS * DAY_MS)]);
  const points = allSeries.flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint));
  return {
    newlyGoverned: missingFrom(after, before),
    noLongerGoverned: missingFrom(before, after),
    expiring: points
      .filter(({ id }) => sooner.has(id))
      .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    expiringAnyway: all.filter((id) => !sooner.has(id)).length,
    heldByGuardrail: given.plan.findings.some(({ kind }) => kind === 'guardrail-refusal'),
  };
};
