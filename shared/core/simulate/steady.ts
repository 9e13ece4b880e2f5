import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { latestSlot } from '../calendar/slots.ts';
import { addBills, type Bill, type BilledPoint, billAt, pitrBill } from '../money/bill.ts';
import type { Prices } from '../money/prices.ts';
import { longestReach } from '../policy/reach-days.ts';
import { keptBy } from '../retention/retain.ts';
import { copyTermsOf } from '../scene/copy-terms.ts';

/** More slots than a year of hours; of a policy that keeps more, only the newest are counted. */
const MOST_SLOTS = 10_000;

/** What a policy keeps once all its rules are full. */
export interface Steady {
  readonly policy: Policy;
  /** When each recovery point that is kept was made, newest first. */
  readonly madeAt: readonly Instant[];
  /** For each destination when the sources of its copies were made, newest first. */
  readonly copies: readonly (readonly [CopyDestination, readonly Instant[]])[];
  /** Whether it keeps more than was counted. */
  readonly isCapped: boolean;
}

const slotsBack = (policy: Policy, now: Instant, days: number): readonly Instant[] => {
  const slots: Instant[] = [];
  const end = now - days * DAY_MS;
  let slot = latestSlot(policy, now);
  while (slot >= end && slots.length < MOST_SLOTS) {
    slots.push(slot);
    slot = latestSlot(policy, slot - 1);
  }
  return slots;
};

const copiesOf = (policy: Policy, slots: readonly Instant[], now: Instant): Steady['copies'] =>
  (policy.vault?.copyTo ?? []).map((destination) => {
    const terms = copyTermsOf(policy, destination, slots.toReversed());
    const isKept = (slot: Instant): boolean => slot + (terms.get(slot)?.deleteAfterDays ?? 0) * DAY_MS > now;
    return [destination, slots.filter(isKept)] as const;
  });

const daysBack = ({ retention, vault, ...schedule }: Policy): number =>
  Math.max(
    ...[retention, ...(vault?.copyTo ?? []).flatMap((one) => one.retention ?? [])].map(
      (one) => longestReach(one, schedule)?.days ?? 0,
    ),
  ) + 2;

/**
 * Counts what a policy keeps if every slot was made for as long as its longest rule reaches: what `simulate` comes to, without the way there, in
 * milliseconds. What expires only at a later run is not counted.
 */
export const steadyOf = (policy: Policy, now: Instant): Steady => {
  const slots = slotsBack(policy, now, daysBack(policy));
  const kept = keptBy(
    policy,
    slots.map((madeAt) => ({ madeAt })),
  );
  return {
    policy,
    madeAt: kept.map(({ madeAt }) => madeAt),
    copies: copiesOf(policy, slots, now),
    isCapped: slots.length >= MOST_SLOTS,
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

/**
 * Bills a month of what policies keep of one table once their rules are full, with point-in-time recovery, which is paid for once, and without
 * transfers.
 */
export const steadyBill = (steadies: readonly Steady[], table: SteadyTable, prices: Prices): Bill => {
  const points = steadies.flatMap((one) => [...atHome(one, table), ...elsewhere(one, table)]);
  const hasPitr = steadies.some(({ policy }) => policy.pitr !== undefined);
  return addBills([
    billAt(points, table.now, prices),
    ...(hasPitr ? [pitrBill(table.bytes, table.target.region, prices)] : []),
  ]);
};
