import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Policies } from '../../model/policy.ts';
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
import type { PlanInput, Scene } from '../scene/scene.ts';
import { isHeld, isOfGone, pointsOf, type Row, rowOfPolicy, rowsOf } from './cost-rows.ts';
import { createForecaster, type Forecast } from './forecast.ts';
import { type GoneEnds, goneEndsOf } from './gone-ends.ts';
import type { HeldByGuardrail } from './history.ts';
import { type PolicyCost, policyCost, virtualOf } from './policy-cost.ts';
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
  /** Only what this policy keeps, without point-in-time recovery; all that is kept where it is absent. */
  readonly only?: string | undefined;
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
  /** With point-in-time recovery, but for the cost of one policy. */
  readonly now: Bill;
  /** Of one policy that promises it: what point-in-time recovery costs besides, whoever else promises it. */
  readonly pitrApart?: Bill;
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

/** What lacks the size of a table is said in place of nothing. */
const sizeLacking = ({ governed, table }: Row): readonly Bill[] =>
  governed === undefined || governed.policies.length === 0 || governed.table.details !== undefined
    ? []
    : [{ backups: { usd: 0, lacks: [`the size of ${table}`] } }];

const isWithPitr = ({ governed }: Row): boolean =>
  governed?.table.pitr === undefined
    ? governed?.policies.some(({ pitr }) => pitr !== undefined) === true
    : governed.table.pitr.enabled;

const pitrOf = (row: Row, { observation, only, prices }: CostInput, share: number): readonly Bill[] => {
  if (only !== undefined) return [];
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

const steadyOfRow = (
  { governed }: Row,
  { now, observation, only, prices, steadies }: Known,
): readonly Bill[] => {
  const bytes = governed?.table.details?.sizeBytes;
  if (governed === undefined || bytes === undefined) return [];
  const rules = governed.policies.flatMap(({ name }) => steadies.get(name) ?? []);
  const { pitr, ...kept } = steadyBill(rules, { bytes, target: observation.target, now }, prices);
  return [{ ...kept, ...(only === undefined && pitr !== undefined && { pitr }) }];
};

/** A policy is not the only one that may promise it, and it is paid for once. */
const pitrApartOf = (row: Row, { only, ...input }: CostInput): Pick<TableCost, 'pitrApart'> => {
  const isPromised = row.governed?.policies.some(({ name, pitr }) => name === only && pitr !== undefined);
  return isPromised === true ? { pitrApart: addBills(pitrOf(row, input, 1)) } : {};
};

const presentOf = (row: Row, input: CostInput): Pick<TableCost, 'policies' | 'now'> => {
  const policies = [...Map.groupBy(row.series, ({ policy }) => policy)].map(([policy, some]) =>
    policyCost(policy, some, input),
  );
  const now = addBills([...policies.map((one) => one.now), ...pitrOf(row, input, 1), ...sizeLacking(row)]);
  return { policies, now };
};

const endingOf = (row: Row, { goneEnds }: Known): Pick<TableCost, 'ending'> => {
  const ends = pointsOf(row).flatMap(({ id }) => goneEnds.get(id) ?? []);
  return ends.length === 0 ? {} : { ending: { at: Math.min(...ends), points: ends.length } };
};

/** Forecasts under all policies of a table, because the plan weighs them together. */
const courseOf = ({ governed, series, table }: Row, input: Known): Forecast =>
  input.forecast({
    table: governed?.table ?? { name: table, tags: {} },
    governing: governed?.policies ?? [],
    present: series.flatMap((one) => virtualOf(input, one)),
  });

const costOfRow = (row: Row, course: Forecast, input: Known): TableCost => {
  const { governed, state, table } = row;
  const { now } = input;
  const bytes = governed?.table.details?.sizeBytes;
  return {
    table,
    state,
    ...(bytes !== undefined && { sizeBytes: bytes }),
    ...presentOf(row, input),
    ...pitrApartOf(row, input),
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

const costOf = (whole: Row, input: Known): readonly TableCost[] => {
  const { only } = input;
  const row = only === undefined ? whole : rowOfPolicy(whole, only);
  return row === undefined ? [] : [costOfRow(row, courseOf(whole, input), input)];
};

/** Prices everything that this instance keeps, table by table, sorted by name. What other people and deployments keep is not in it. */
export const costsOf = (input: CostInput): readonly TableCost[] => {
  const { formerly, instance, memory, now, observation, only, policies } = input;
  const scope = { policies, formerly, instance, memory, now, only, target: observation.target };
  const forecast = createForecaster(scope, monthOf(now, MONTHS.at(-1)));
  const steadies = new Map(policies.policies.map((policy) => [policy.name, steadyOf(policy, now)]));
  const goneEnds = goneEndsOf(input);
  return rowsOf(input).flatMap((row) => costOf(row, { ...input, forecast, goneEnds, steadies }));
};

/** What one table costs as it is now. */
export type PresentCost = Pick<TableCost, 'now' | 'policies' | 'table'>;

/** Prices the same as it is now and forecasts nothing: that takes most of the time. */
export const presentCosts = (input: CostInput): readonly PresentCost[] =>
  rowsOf(input).map((row) => ({ table: row.table, ...presentOf(row, input) }));

/** Returns what each table costs now. */
export const costsNow = (input: CostInput): ReadonlyMap<string, Bill> =>
  new Map(presentCosts(input).map(({ now, table }) => [table, now]));
