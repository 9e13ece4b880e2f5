import type { Instant } from '../../model/instant.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../model/policy.ts';
import { isCopy } from '../../model/recovery-point.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { Amount } from '../money/amount.ts';
import { BILL_LINES, type Bill, type BillLine, billAt, storageLineOf } from '../money/bill.ts';
import type { Prices } from '../money/prices.ts';
import { coldAtOf, endOf } from '../money/stored.ts';
import { bytesSumOf } from '../text/bytes-sum.ts';
import type { VirtualPoint } from './account.ts';
import type { Series } from './cost-rows.ts';
import type { GoneEnds } from './gone-ends.ts';
import { billedOf } from './simulate.ts';

/** So many recovery points, and how much they hold. */
interface Count {
  /** Of recovery points at home, and of copies. */
  readonly points: number;
  readonly copies: number;
  readonly bytes: number;
  /** Of how many nothing says the size: the sum of bytes is without them. */
  readonly unsized: number;
}

/** What one policy keeps of a table under one line of the bill. */
export interface KindCost extends Count {
  readonly kind: BillLine;
  readonly now: Amount;
}

/** What one policy keeps of a table now; of a policy that no longer governs it as well. */
export interface PolicyCost extends Count {
  readonly policy: string;
  readonly now: Bill;
  readonly kinds: readonly KindCost[];
}

/** What recovery points of a series are counted and priced from. */
export interface SeriesInput {
  readonly now: Instant;
  readonly observation: Pick<Observation, 'target'>;
  readonly prices: Prices;
  /** From when on afterDeletion deletes recovery points of deleted tables, by id. */
  readonly goneEnds?: GoneEnds;
}

const coldDaysOf = (rule: Policy | undefined, vault: string | undefined, isCopied: boolean) => {
  const destination = rule?.vault?.copyTo.find(({ vaultArn }) => parseVaultArn(vaultArn)?.name === vault);
  return isCopied ? destination?.coldAfterDays : rule?.vault?.coldAfterDays;
};

/** What ends some time after its table was deleted goes by the day from which it may. */
const sooner = (end: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  end === undefined || other === undefined ? (end ?? other) : Math.min(end, other);

/** Returns the recovery points of a series, each with when it moves to cold storage and when it goes. */
export const virtualOf = (
  { now, observation, goneEnds }: Omit<SeriesInput, 'prices'>,
  { points, rule }: Series,
): readonly VirtualPoint[] =>
  points.map(({ recoveryPoint }) => {
    const { deletesAt: _, ...point } = recoveryPoint;
    const isCopied = isCopy(point, observation.target);
    const coldAt = coldAtOf(point, coldDaysOf(rule, point.location.vault, isCopied), now);
    const deletesAt = sooner(endOf(recoveryPoint), goneEnds?.get(recoveryPoint.id));
    return {
      point: { ...point, ...(deletesAt !== undefined && { deletesAt }) },
      ...(coldAt !== undefined && { coldAt }),
    };
  });

const countOf = (points: readonly VirtualPoint[], { observation }: SeriesInput): Count => {
  const copies = points.filter(({ point }) => isCopy(point, observation.target)).length;
  return { points: points.length - copies, copies, ...bytesSumOf(points.map(({ point }) => point)) };
};

const kindsOf = (points: readonly VirtualPoint[], bill: Bill, input: SeriesInput): readonly KindCost[] => {
  const byKind = Map.groupBy(points, (one) =>
    storageLineOf(billedOf(one, input.observation.target), input.now),
  );
  return BILL_LINES.flatMap((kind): readonly KindCost[] => {
    const [some, now] = [byKind.get(kind), bill[kind]];
    return some === undefined || now === undefined ? [] : [{ kind, ...countOf(some, input), now }];
  });
};

/** Counts and prices what a policy keeps of a table now. */
export const policyCost = (policy: string, series: readonly Series[], input: SeriesInput): PolicyCost => {
  const points = series.flatMap((one) => virtualOf(input, one));
  const { now, observation, prices } = input;
  const billed = points.map((one) => billedOf(one, observation.target));
  const bill = billAt(billed, now, prices);
  return { policy, ...countOf(points, input), now: bill, kinds: kindsOf(points, bill, input) };
};
