import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { addBills, type Bill, type BilledPoint, billAt, pitrBill, transferBill } from '../money/bill.ts';
import type { Prices } from '../money/prices.ts';
import { copyDaysOf, copyReaches, copyTermsOf } from '../scene/copy-terms.ts';
import { keptSlots, MOST_KEPT } from './kept-slots.ts';
import { type MadeSlots, madeSlots } from './made-slots.ts';

/** Copies are decided in the order in which their sources were made: more than seven years of hours. */
const MOST_SOURCES = 65_000;

/** What a policy keeps once all its rules are full. */
export interface Steady {
  readonly policy: Policy;
  /** When each recovery point that is kept was made, newest first. */
  readonly madeAt: readonly Instant[];
  /** For each destination when the sources of its copies were made, newest first. */
  readonly copies: readonly (readonly [CopyDestination, readonly Instant[]])[];
  /** For each destination how many copies are made in 30 days, on the average of a year. */
  readonly copiedMonthly: readonly (readonly [CopyDestination, number])[];
  /** What it keeps and was not counted, at home or as copies: its sums lack that. Empty where all was. */
  readonly lacks: readonly string[];
}

const copiesOf = (policy: Policy, slots: readonly Instant[], now: Instant): Steady['copies'] =>
  (policy.vault?.copyTo ?? []).map((destination) => {
    const terms = copyTermsOf(policy, destination, slots.toReversed());
    const isKept = (slot: Instant): boolean => slot + (terms.get(slot)?.deleteAfterDays ?? 0) * DAY_MS > now;
    return [destination, slots.filter(isKept)] as const;
  });

const YEAR_DAYS = 365;
const MONTH_DAYS = 30;

/** More than a year, because the first slot of a list always begins a period, and the first of a year is known only after one. */
const KNOWN_DAYS = 2 * YEAR_DAYS;

/** Rules that count years take one copy in twelve months, and those that count days thirty in one. */
const copiedMonthly = (policy: Policy, now: Instant): Steady['copiedMonthly'] => {
  const destinations = policy.vault?.copyTo ?? [];
  if (destinations.length === 0) return [];
  const { slots } = madeSlots(policy, { from: now - KNOWN_DAYS * DAY_MS, to: now, most: MOST_SOURCES });
  const oldest = slots.at(-1) ?? now;
  const days = Math.min(YEAR_DAYS, (now - oldest) / DAY_MS);
  return destinations.map((destination) => {
    const made = [...copyTermsOf(policy, destination, slots.toReversed()).keys()];
    const within = made.filter((at) => at > now - days * DAY_MS).length;
    return [destination, days === 0 ? 0 : (within * MONTH_DAYS) / days] as const;
  });
};

/** For how many days copies are kept at the most: by the rules of their destination, however long those at home reach. */
const copyDays = (policy: Policy): number =>
  Math.max(
    0,
    ...(policy.vault?.copyTo ?? []).flatMap((one) =>
      copyReaches(policy, one).map((reach) => copyDaysOf(reach, one.coldAfterDays)),
    ),
  );

const NO_SOURCES: MadeSlots = { slots: [], isCut: false };

/**
 * Counts what a policy keeps if every slot was made for as long as its longest rule reaches: what `simulate` comes to, without the way there, in
 * milliseconds. What expires only at a later run is not counted.
 */
export const steadyOf = (policy: Policy, now: Instant): Steady => {
  const kept = keptSlots(policy, now);
  const from = now - (copyDays(policy) + 1) * DAY_MS;
  const hasCopies = (policy.vault?.copyTo ?? []).length > 0;
  const sources = hasCopies ? madeSlots(policy, { from, to: now, most: MOST_SOURCES }) : NO_SOURCES;
  return {
    policy,
    madeAt: kept.slots,
    copies: copiesOf(policy, sources.slots, now),
    copiedMonthly: copiedMonthly(policy, now),
    lacks: [
      ...(kept.isCut
        ? [`what ${policy.name} keeps beyond the newest ${MOST_KEPT.toLocaleString('en-US')}`]
        : []),
      ...(sources.isCut ? [`the oldest copies of ${policy.name}`] : []),
    ],
  };
};

/** What a table is, as far as a bill depends on it. */
export interface SteadyTable {
  readonly bytes: number;
  readonly target: Target;
  readonly now: Instant;
}

const coldFrom = (createdAt: Instant, days: number | undefined) =>
  days === undefined ? {} : { coldAt: createdAt + days * DAY_MS };

const atHome = ({ madeAt, policy }: Steady, { bytes, target }: SteadyTable): readonly BilledPoint[] =>
  madeAt.map((createdAt) => ({
    ...{ bytes, createdAt, region: target.region, isCopy: false },
    isInVault: policy.vault !== undefined,
    ...coldFrom(createdAt, policy.vault?.coldAfterDays),
  }));

const elsewhere = ({ copies }: Steady, { bytes, target }: SteadyTable): readonly BilledPoint[] =>
  copies.flatMap(([destination, sources]) =>
    sources.map((createdAt) => ({
      ...{ bytes, createdAt, isCopy: true, isInVault: true },
      region: parseVaultArn(destination.vaultArn)?.target.region ?? target.region,
      ...coldFrom(createdAt, destination.coldAfterDays),
    })),
  );

/** What leaves the Region in a month: each copy is paid for once, where it leaves. */
const transfers = ({ copiedMonthly: copied }: Steady, { bytes, target }: SteadyTable, prices: Prices) =>
  copied.flatMap(([{ vaultArn }, copies]) => {
    const region = parseVaultArn(vaultArn)?.target.region ?? target.region;
    return region === target.region ? [] : [transferBill(copies * bytes, target.region, prices)];
  });

/** SAFETY: what was not counted is missing in the sum, which is then a floor and says so. */
const restLacking = ({ lacks, policy }: Steady): readonly Bill[] =>
  lacks.length > 0 ? [{ [policy.vault === undefined ? 'backups' : 'vault']: { usd: 0, lacks } }] : [];

/**
 * Bills a month of what policies keep of one table once their rules are full, with point-in-time recovery, which is paid for once, and the copies
 * that leave the Region in 30 days.
 */
export const steadyBill = (steadies: readonly Steady[], table: SteadyTable, prices: Prices): Bill => {
  const points = steadies.flatMap((one) => [...atHome(one, table), ...elsewhere(one, table)]);
  const hasPitr = steadies.some(({ policy }) => policy.pitr !== undefined);
  return addBills([
    billAt(points, table.now, prices),
    ...steadies.flatMap((one) => [...transfers(one, table, prices), ...restLacking(one)]),
    ...(hasPitr ? [pitrBill(table.bytes, table.target.region, prices)] : []),
  ]);
};
