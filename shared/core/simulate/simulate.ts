import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { isCopy, type RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { Amount } from '../money/amount.ts';
import {
  addBills,
  type Bill,
  type BilledPoint,
  billAt,
  billOfMonth,
  chargedOnTheFirst,
  pitrBill,
} from '../money/bill.ts';
import { type Month, monthsBetween, shareOfMonth } from '../money/months.ts';
import type { Prices } from '../money/prices.ts';
import { governedTables } from '../scene/governed.ts';
import { bytesSumOf } from '../text/bytes-sum.ts';
import type { VirtualPoint, VirtualTable } from './account.ts';
import { type History, historyOf } from './history.ts';
import { endedAt, type SimulatedReach } from './reach.ts';
import { createWatch, pitrFromAt, type ReachesBack } from './watch.ts';

/** What a person asks a simulation for. */
export interface SimulationInput {
  readonly policies: Policies;
  /** The value of the table's policy tag. */
  readonly tag: string;
  readonly target: Target;
  readonly from: Instant;
  readonly days: number;
  readonly bytesAt: (at: Instant) => number;
  readonly prices: Prices;
}

/** What is there at the end of a day. */
export interface SimulatedDay {
  readonly at: Instant;
  readonly points: number;
  readonly copies: number;
  readonly bytes: number;
  /** When the oldest recovery point at home was made; absent where there is none. */
  readonly oldest?: Instant;
  readonly newest?: Instant;
  /** The oldest second of point-in-time recovery; absent where none is promised. */
  readonly pitrFrom?: Instant;
  /** What all of it costs if it stays for a month. */
  readonly monthly: Bill;
}

/** The bill of one month, which the simulation may begin or end within. */
export interface SimulatedMonth extends Month {
  readonly bill: Bill;
  /** What DynamoDB's backups are charged on the first day, of which the rest is taken back as they expire. */
  readonly onTheFirst: Amount;
}

/** What a policy makes of a table over time. */
export interface Simulation {
  readonly tag: string;
  readonly policies: readonly Policy[];
  readonly from: Instant;
  readonly to: Instant;
  readonly days: readonly SimulatedDay[];
  readonly months: readonly SimulatedMonth[];
  readonly reach: readonly SimulatedReach[];
  readonly reachesBack: ReachesBack;
  readonly history: History;
}

const TABLE = 'table';
const INSTANCE = 'simulated';

/** Formats a recovery point as a bill counts it. */
export const billedOf = ({ point, coldAt, copiedAt, goneAt }: VirtualPoint, home: Target): BilledPoint => {
  const { region } = point.location.target;
  const isElsewhere = isCopy(point, home);
  return {
    ...(point.sizeBytes !== undefined && { bytes: point.sizeBytes }),
    createdAt: point.createdAt,
    ...(goneAt !== undefined && { goneAt }),
    region,
    isInVault: isKeptByAwsBackup(point.id),
    isCopy: isElsewhere,
    ...(isElsewhere && region !== home.region && { copiedFrom: home.region }),
    ...(copiedAt !== undefined && { copiedAt }),
    ...(coldAt !== undefined && { coldAt }),
  };
};

/** Returns the longest point-in-time recovery that any of the policies promises, in days. */
const pitrDaysOf = (policies: readonly Policy[]): number | undefined => {
  const days = policies.flatMap(({ pitr }) => pitr?.recoveryPeriodDays ?? []);
  return days.length === 0 ? undefined : Math.max(...days);
};

interface Scope extends SimulationInput {
  readonly policiesOfTable: readonly Policy[];
  readonly to: Instant;
}

const isThere = ({ copiedAt, goneAt, point }: VirtualPoint, at: Instant): boolean =>
  (copiedAt ?? point.createdAt) <= at && (goneAt === undefined || goneAt > at);

const dayAt = (scope: Scope, { points }: History, at: Instant): SimulatedDay => {
  const { bytesAt, from, policiesOfTable, prices, target } = scope;
  const there = points.filter((one) => isThere(one, at));
  const atHome = there.filter(({ point }) => !isCopy(point, target)).map(({ point }) => point.createdAt);
  const pitrDays = pitrDaysOf(policiesOfTable);
  const stored = billAt(
    there.map((one) => billedOf(one, target)),
    at,
    prices,
  );
  return {
    at,
    points: atHome.length,
    copies: there.length - atHome.length,
    bytes: bytesSumOf(there.map(({ point }) => point)).bytes,
    ...(atHome.length > 0 && { oldest: Math.min(...atHome), newest: Math.max(...atHome) }),
    ...pitrFromAt({ from, pitrDays }, at),
    monthly:
      pitrDays === undefined ? stored : addBills([stored, pitrBill(bytesAt(at), target.region, prices)]),
  };
};

const monthsOf = (scope: Scope, { points }: History): readonly SimulatedMonth[] => {
  const { bytesAt, from, policiesOfTable, prices, target, to } = scope;
  const billed = points.map((one) => billedOf(one, target));
  const hasPitr = pitrDaysOf(policiesOfTable) !== undefined;
  return monthsBetween(from, to).map((month) => {
    const share = shareOfMonth(month, from, to);
    const bytes = bytesAt((Math.max(month.start, from) + Math.min(month.end, to)) / 2);
    const pitr = hasPitr ? [pitrBill(share * bytes, target.region, prices)] : [];
    return {
      ...month,
      bill: addBills([billOfMonth(billed, month, prices, { to }), ...pitr]),
      onTheFirst: chargedOnTheFirst(billed, month, prices),
    };
  });
};

/** Simulates a table that begins under its policies now: the very plan decides, run after run. `days` is a whole number from 1. */
export const simulate = (input: SimulationInput): Simulation => {
  const { bytesAt, days, from, policies, tag, target } = input;
  const to = from + days * DAY_MS;
  const table: VirtualTable = {
    ...{ name: TABLE, tableId: TABLE, tags: { [policies.tag]: tag }, createdAt: from, bytesAt },
  };
  const [governed] = governedTables(policies, [{ name: TABLE, tags: table.tags }]);
  const policiesOfTable = governed?.policies ?? [];
  const watch = createWatch({
    ...{ from, to, pitrDays: pitrDaysOf(policiesOfTable) },
    policies: policiesOfTable.map(({ name }) => name),
  });
  let since = from;
  const look = (present: readonly RecoveryPoint[], until: Instant): void => {
    watch.look({ since, until, points: present.filter((point) => !isCopy(point, target)) });
    since = until;
  };
  const history = historyOf({ policies, table, target, instance: INSTANCE, from, to }, look);
  const last = history.points.filter((one) => isThere(one, to));
  look(
    last.map(({ point }) => point),
    to,
  );
  const scope: Scope = { ...input, policiesOfTable, to };
  const ends = Array.from({ length: days }, (_, day) => dayAt(scope, history, from + (day + 1) * DAY_MS));
  const reachesBack = watch.reachesBack();
  return {
    ...{ tag, policies: policiesOfTable, from, to, history },
    days: ends,
    reachesBack,
    months: monthsOf(scope, history),
    reach: endedAt(watch.losses(), reachesBack.leastMs, to - from),
  };
};
