import { totalOf } from '../../shared/core/money/bill.ts';
import { monthText } from '../../shared/core/money/months.ts';
import type { CostSum } from '../../shared/core/simulate/cost-sum.ts';
import type { MonthCost, PolicyCost, TableCost } from '../../shared/core/simulate/estate-cost.ts';
import type { CostView } from '../view/cost-text.ts';
import { headFields } from './fields.ts';
import { amountFields, billFields, pricesFields } from './simulate-document.ts';

const monthFields = (month: MonthCost) => ({
  month: monthText(month),
  bill: billFields(month.bill),
  estimated: amountFields(month.estimated),
  onTheFirst: amountFields(month.onTheFirst),
});

const sumFields = ({ bytes, copies, months, now, points, steady }: CostSum) => ({
  ...{ recoveryPoints: points, copies, bytes },
  now: billFields(now),
  months: months.map(monthFields),
  onceFull: amountFields(totalOf(steady)),
});

const policyFields = ({ bytes, copies, now, points, policy }: PolicyCost) => ({
  ...{ policy, recoveryPoints: points, copies, bytes },
  now: billFields(now),
});

const tableFields = ({
  former,
  isOnHold,
  months,
  now,
  policies,
  sizeBytes,
  state,
  steady,
  table,
}: TableCost) => ({
  ...{ table, state, sizeBytes, isOnHold, former },
  policies: policies.map(policyFields),
  now: billFields(now),
  months: months.map(monthFields),
  onceFull: amountFields(totalOf(steady)),
});

/** Builds the document of the costs. */
export const costDocument = ({ costs, deployed, instance, plan, prices, sum }: CostView) => ({
  ...headFields('cost', instance, plan),
  complete: plan.complete,
  prices: pricesFields(prices, plan.target.region),
  ...sumFields(sum),
  deployed: deployed === undefined ? undefined : sumFields(deployed),
  tables: costs.map(tableFields),
});
