import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { isCopy } from '../../model/recovery-point.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { Amount } from '../money/amount.ts';
import {
  addBills,
  type Bill,
  billAt,
  billOfMonth,
  chargedOnTheFirst,
  pitrBill,
  totalOf,
} from '../money/bill.ts';
import { type Month, monthOf, shareOfMonth } from '../money/months.ts';
import type { Prices } from '../money/prices.ts';
import { coldAtOf, endOf } from '../money/stored.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { bytesSumOf } from '../text/bytes-sum.ts';
import type { VirtualPoint } from './account.ts';
import { isHeld, isOfGone, pointsOf, type Row, rowsOf, type Series } from './cost-rows.ts';
import { createForecaster, type Forecast } from './forecast.ts';
import { type GoneEnds, goneEndsOf } from './gone-ends.ts';
import type { HeldByGuardrail } from './history.ts';
import { billedOf } from './simulate.ts';
import { type Steady, steadyBill, steadyOf } from './steady.ts';

/** What costs are computed from: a look at the account, under some policies. */
export interface CostInput extends Pick<PlanInput, 'instance' | 'memory' | 'observation' | 'policies'> {
  /** Without regimes, what no schedule asked for is taken for asked. */
  readonly scene: Pick<Scene, 'copies' | 'governed' | 'own'> & Partial<Pick<Scene, 'regimes'>>;
  readonly now: Instant;
  readonly prices: Prices;
  /** The policies of the past, where they were others. */
  readonly formerly?: Policies | undefined;
}

/** What one policy keeps of a table now; of a policy that no longer governs it as well. */
export interface PolicyCost {
  readonly policy: string;
  readonly points: number;
  readonly copies: number;
  readonly bytes: number;
  /** Of how many nothing says the size: the sum of bytes is without them. */
  readonly unsized: number;
  readonly now: Bill;
}

/** The bill of a month: what is known of it, and what the rest is estimated at. */
export interface MonthCost extends Month {
  readonly bill: Bill;
  /** Of recovery points that are gone by now, which no list shows. It is in the bill. */
  readonly estimated: Amount;
  readonly onTheFirst: Amount;
}

/** What one table costs. */
export interface TableCost {
  readonly table: string;
  readonly state: Row['state'];
  /** Absent where DynamoDB did not say. */
  readonly sizeBytes?: number;
  readonly policies: readonly PolicyCost[];
  /** With point-in-time recovery. */
  readonly now: Bill;
  /** Last month, this one, and the next two. */
  readonly months: readonly MonthCost[];
  /** Once the rules of all its policies are full, at its present size, with what no rule lets expire. */
  readonly steady: Bill;
  /** Whether a tag stops all expiry. */
  readonly isOnHold: boolean;
  /** How many recovery points are of a former table of the name, of which nothing expires. */
  readonly former: number;
  /** What afterDeletion ends of a deleted table; absent where it ends nothing. */
  readonly ending?: EndingCost;
  /** From when on the months ahead have what the guardrail holds back, as nobody approves it; absent where it holds nothing. */
  readonly held?: HeldByGuardrail;
}

/** From when on a deleted table's recovery points go, and how many do. */
export interface EndingCost {
  readonly at: Instant;
  readonly points: number;
}

/** Last month, this one and the next ones, by their distance from this one. */
export const MONTHS = [-1, 0, 1, 2] as const;

interface Known extends CostInput {
  /** From when on afterDeletion deletes recovery points of deleted tables, by id. */
  readonly goneEnds: GoneEnds;
  readonly forecast: ReturnType<typeof createForecaster>;
  readonly steadies: ReadonlyMap<string, Steady>;
}

const coldDaysOf = (rule: Policy | undefined, vault: string | undefined, isCopied: boolean) => {
  const destination = rule?.vault?.copyTo.find(({ vaultArn }) => parseVaultArn(vaultArn)?.name === vault);
  return isCopied ? destination?.coldAfterDays : rule?.vault?.coldAfterDays;
};

/** What ends some time after its table was deleted goes by the day from which it may. */
const sooner = (end: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  end === undefined || other === undefined ? (end ?? other) : Math.min(end, other);

const virtualOf = (
  { now, observation, goneEnds }: CostInput & Partial<Pick<Known, 'goneEnds'>>,
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

const policyCost = (input: CostInput, policy: string, series: readonly Series[]): PolicyCost => {
  const { now, observation, prices } = input;
  const points = series.flatMap((one) => virtualOf(input, one));
  const copies = points.filter(({ point }) => isCopy(point, observation.target));
  return {
    policy,
    points: points.length - copies.length,
    copies: copies.length,
    ...bytesSumOf(points.map(({ point }) => point)),
    now: billAt(
      points.map((one) => billedOf(one, observation.target)),
      now,
      prices,
    ),
  };
};

/** What lacks the size of a table is said in place of nothing. */
const sizeLacking = ({ governed, table }: Row): readonly Bill[] =>
  governed === undefined || governed.policies.length === 0 || governed.table.details !== undefined
    ? []
    : [{ backups: { usd: 0, lacks: [`the size of ${table}`] } }];

const isWithPitr = ({ governed }: Row): boolean =>
  governed?.table.pitr === undefined
    ? governed?.policies.some(({ pitr }) => pitr !== undefined) === true
    : governed.table.pitr.enabled;

const pitrOf = (row: Row, { observation, prices }: CostInput, share: number): readonly Bill[] => {
  const bytes = row.governed?.table.details?.sizeBytes;
  return bytes !== undefined && isWithPitr(row)
    ? [pitrBill(share * bytes, observation.target.region, prices)]
    : [];
};

/** A window that has not its whole period yet begins where point-in-time recovery was switched on. */
const pitrBegan = ({ governed }: Row, now: Instant): Instant => {
  const { earliestRestorableAt = 0, recoveryPeriodDays = 0 } = governed?.table.pitr ?? {};
  return earliestRestorableAt > now - recoveryPeriodDays * DAY_MS + HOUR_MS ? earliestRestorableAt : 0;
};

/** A table whose newest recovery point is older than that was gone before, or long without a backup. */
const GONE_FOR_MS = 35 * DAY_MS;

/** SAFETY: what a table that is gone cost until then is in no list, and is never taken for nothing. */
const pastLacking = (row: Row, { start }: Month, now: Instant): readonly Bill[] => {
  const made = pointsOf(row).flatMap((point) => (isOfGone(row, point) ? [point.createdAt] : []));
  const isKnown = start > now || made.every((at) => at + GONE_FOR_MS <= start);
  return isKnown ? [] : [{ backups: { usd: 0, lacks: [`what ${row.table} cost before it was deleted`] } }];
};

const monthCost = (row: Row, input: CostInput, { ahead, gone }: Forecast, month: Month): MonthCost => {
  const { prices } = input;
  const began = Math.max(row.governed?.table.details?.createdAt ?? month.start, pitrBegan(row, input.now));
  const estimated = billOfMonth(gone, month, prices);
  return {
    ...month,
    bill: addBills([
      billOfMonth(ahead, month, prices),
      estimated,
      ...pitrOf(row, input, shareOfMonth(month, began, month.end)),
      ...sizeLacking(row),
      ...pastLacking(row, month, input.now),
    ]),
    estimated: totalOf(estimated),
    onTheFirst: chargedOnTheFirst([...ahead, ...gone], month, prices),
  };
};

/** What nothing lets expire: of tables that are gone or on hold, and of policies that no longer govern the table. What is cold later is priced as cold. */
const stayingBill = (row: Row, input: Known): Bill => {
  const { now, observation, prices } = input;
  const governing = new Set(row.governed?.policies.map(({ name }) => name));
  const staying = row.series.flatMap((one) =>
    virtualOf(input, one).filter(
      ({ point }) =>
        point.deletesAt === undefined && (isHeld(row) || !governing.has(one.policy) || isOfGone(row, point)),
    ),
  );
  const billed = staying.map(({ coldAt, ...one }) =>
    billedOf({ ...one, ...(coldAt !== undefined && { coldAt: Math.min(coldAt, now) }) }, observation.target),
  );
  return billAt(billed, now, prices);
};

const holdLacking = (row: Row): readonly Bill[] =>
  isHeld(row)
    ? [{ backups: { usd: 0, lacks: [`what ${row.table} keeps for as long as it is on hold`] } }]
    : [];

const steadyOfRow = ({ governed }: Row, { now, observation, prices, steadies }: Known): readonly Bill[] => {
  const bytes = governed?.table.details?.sizeBytes;
  if (governed === undefined || bytes === undefined) return [];
  const rules = governed.policies.flatMap(({ name }) => steadies.get(name) ?? []);
  return [steadyBill(rules, { bytes, target: observation.target, now }, prices)];
};

const presentOf = (row: Row, input: CostInput): Pick<TableCost, 'policies' | 'now'> => {
  const policies = [...Map.groupBy(row.series, ({ policy }) => policy)].map(([policy, some]) =>
    policyCost(input, policy, some),
  );
  const now = addBills([...policies.map((one) => one.now), ...pitrOf(row, input, 1), ...sizeLacking(row)]);
  return { policies, now };
};

const endingOf = (row: Row, { goneEnds }: Known): Pick<TableCost, 'ending'> => {
  const ends = pointsOf(row).flatMap(({ id }) => goneEnds.get(id) ?? []);
  return ends.length === 0 ? {} : { ending: { at: Math.min(...ends), points: ends.length } };
};

const costOf = (row: Row, input: Known): TableCost => {
  const { forecast, now } = input;
  const { governed, series, state, table } = row;
  const bytes = governed?.table.details?.sizeBytes;
  const course = forecast({
    table: governed?.table ?? { name: table, tags: {} },
    governing: governed?.policies ?? [],
    present: series.flatMap((one) => virtualOf(input, one)),
  });
  return {
    table,
    state,
    ...(bytes !== undefined && { sizeBytes: bytes }),
    ...presentOf(row, input),
    months: MONTHS.map((later) => monthCost(row, input, course, monthOf(now, later))),
    steady: addBills([
      ...steadyOfRow(row, input),
      stayingBill(row, input),
      ...sizeLacking(row),
      ...holdLacking(row),
    ]),
    isOnHold: isHeld(row),
    ...endingOf(row, input),
    ...(course.held !== undefined && { held: course.held }),
    former: state === 'governed' ? pointsOf(row).filter((point) => isOfGone(row, point)).length : 0,
  };
};

/** Prices everything that this instance keeps, table by table, sorted by name. What other people and deployments keep is not in it. */
export const costsOf = (input: CostInput): readonly TableCost[] => {
  const { formerly, instance, memory, now, observation, policies } = input;
  const scope = { policies, formerly, instance, memory, now, target: observation.target };
  const forecast = createForecaster(scope, monthOf(now, MONTHS.at(-1)));
  const steadies = new Map(policies.policies.map((policy) => [policy.name, steadyOf(policy, now)]));
  const goneEnds = goneEndsOf(input);
  return rowsOf(input).map((row) => costOf(row, { ...input, forecast, goneEnds, steadies }));
};

/** Prices the same as it is now, by table, and forecasts nothing: that takes most of the time. */
export const costsNow = (input: CostInput): ReadonlyMap<string, Bill> =>
  new Map(rowsOf(input).map((row) => [row.table, presentOf(row, input).now]));
