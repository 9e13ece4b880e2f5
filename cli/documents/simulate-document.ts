import type { Amount } from '../../shared/core/money/amount.ts';
import { BILL_LINES, type Bill, totalOf } from '../../shared/core/money/bill.ts';
import { monthText } from '../../shared/core/money/months.ts';
import type { Prices } from '../../shared/core/money/prices.ts';
import type { SimulatedReach } from '../../shared/core/simulate/reach.ts';
import type { SimulatedDay, SimulatedMonth } from '../../shared/core/simulate/simulate.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { editFields } from '../view/edit-text.ts';
import type { Comparison, SimulatedFile, SimulateView } from '../view/simulate-text.ts';
import { instantField } from './fields.ts';
import { policyFields } from './policy-document.ts';

/** An amount in dollars; left out where nothing of it is known. */
export const amountFields = ({ lacks, usd }: Amount) => ({
  usd: lacks.length > 0 && usd === 0 ? undefined : usd,
  lacks: lacks.length === 0 ? undefined : lacks,
});

/** A bill by line, with its sum. */
export const billFields = (bill: Bill) => ({
  ...amountFields(totalOf(bill)),
  lines: Object.fromEntries(
    BILL_LINES.flatMap((line) => {
      const amount = bill[line];
      return amount === undefined ? [] : [[line, amountFields(amount)]];
    }),
  ),
});

/** Which prices a document is of. */
export const pricesFields = ({ origin, readAt }: Prices, region: string) => ({ region, readAt, origin });

const dayFields = ({ at, bytes, copies, monthly, newest, oldest, pitrFrom, points }: SimulatedDay) => ({
  ...{ at: isoInstant(at), points, copies, bytes },
  oldest: instantField(oldest),
  newest: instantField(newest),
  pitrFrom: instantField(pitrFrom),
  monthly: amountFields(totalOf(monthly)),
});

const reachFields = ({ from, to, worst }: SimulatedReach) => ({
  fromMs: from,
  toMs: to,
  worst: worst.kind,
  lossMs: worst.kind === 'between-points' ? worst.ms : undefined,
});

const monthFields = (month: SimulatedMonth) => ({
  month: monthText(month),
  bill: billFields(month.bill),
  onTheFirst: amountFields(month.onTheFirst),
});

const fileFields = ({ file, simulation }: SimulatedFile) => ({
  file,
  policies: simulation?.policies.map(policyFields),
  days: simulation?.days.map(dayFields),
  reach: simulation?.reach.map(reachFields),
  reachesBack: simulation?.reachesBack,
  months: simulation?.months.map(monthFields),
});

const comparisonFields = ({ simulations, tag }: Comparison) => ({ tag, files: simulations.map(fileFields) });

/** Builds the document of a simulation: every day, every span of ages, every month. */
export const simulateDocument = ({
  comparisons,
  days,
  edit,
  from,
  growth,
  prices,
  region,
  sizeBytes,
}: SimulateView) => ({
  command: 'simulate',
  from: isoInstant(from),
  days,
  sizeBytes,
  growth: growth === undefined ? undefined : { share: growth.share, period: growth.period },
  prices: pricesFields(prices, region),
  differences: edit === undefined ? undefined : editFields(edit),
  simulations: comparisons.map(comparisonFields),
});
