import { totalOf } from '../../shared/core/money/bill.ts';
import { monthText } from '../../shared/core/money/months.ts';
import type { CostSum } from '../../shared/core/simulate/cost-sum.ts';
import type { MonthCost, TableCost } from '../../shared/core/simulate/estate-cost.ts';
import type { KindCost, PolicyCost } from '../../shared/core/simulate/policy-cost.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { CostView } from '../view/cost-text.ts';
import { headFields } from './fields.ts';
import { amountFields, billFields, pricesFields } from './simulate-document.ts';

/** How many recovery points the sum of bytes lacks, because nothing says their size. */
const unsizedField = (unsized: number) => (unsized === 0 ? undefined : unsized);

const monthFields = (month: MonthCost) => ({
  month: monthText(month),
  bill: billFields(month.bill),
  estimated: amountFields(month.estimated),
  onTheFirst: amountFields(month.onTheFirst),
});

const heldFields = (held: CostSum['held']) =>
  held === undefined ? undefined : { from: isoInstant(held.from), policies: held.policies };

const sumFields = ({ bytes, copies, held, months, now, points, steady, unsized }: CostSum) => ({
  ...{ recoveryPoints: points, copies, bytes, unsized: unsizedField(unsized) },
  heldByGuardrail: heldFields(held),
  now: billFields(now),
  months: months.map(monthFields),
  onceFull: amountFields(totalOf(steady)),
});

const kindFields = ({ bytes, copies, kind, now, points, unsized }: KindCost) => ({
  ...{ kind, recoveryPoints: points, copies, bytes, unsized: unsizedField(unsized) },
  now: amountFields(now),
});

const policyFields = ({ bytes, copies, kinds, now, points, policy, unsized }: PolicyCost) => ({
  ...{ policy, recoveryPoints: points, copies, bytes, unsized: unsizedField(unsized) },
  now: billFields(now),
  kinds: kinds.map(kindFields),
});

/** Of one policy: its sums have no point-in-time recovery, and its tables cost more in all. */
const onlyFields = ({ only, sum: { pitrApart } }: CostView) =>
  only === undefined
    ? {}
    : {
        policy: only.policy,
        ...(pitrApart !== undefined && { pointInTimeRecoveryApart: amountFields(totalOf(pitrApart)) }),
        itsTablesInAll: billFields(only.inAll),
      };

const tableFields = ({
  former,
  held,
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
  heldByGuardrail: heldFields(held),
  policies: policies.map(policyFields),
  now: billFields(now),
  months: months.map(monthFields),
  onceFull: amountFields(totalOf(steady)),
});

/** Builds the document of the costs. */
export const costDocument = (view: CostView) => {
  const { costs, deployed, instance, plan, prices, sum } = view;
  return {
    ...headFields('cost', instance, plan),
    complete: plan.complete,
    prices: pricesFields(prices, plan.target.region),
    ...onlyFields(view),
    ...sumFields(sum),
    deployed: deployed === undefined ? undefined : sumFields(deployed),
    tables: costs.map(tableFields),
  };
};
