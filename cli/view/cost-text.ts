import { type Amount, amountText, usdText } from '../../shared/core/money/amount.ts';
import { BILL_LINES, type Bill, totalOf } from '../../shared/core/money/bill.ts';
import { dayText, monthText } from '../../shared/core/money/months.ts';
import type { Prices } from '../../shared/core/money/prices.ts';
import { morePricesText } from '../../shared/core/money/whose-prices.ts';
import type { CostSum } from '../../shared/core/simulate/cost-sum.ts';
import type { MonthCost, TableCost } from '../../shared/core/simulate/estate-cost.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { bytesSumText } from '../../shared/core/text/bytes-sum.ts';
import { minuteText } from '../../shared/core/text/time.ts';
import { planText } from '../../shared/core/text/whole-command.ts';
import { counted, listed, verb } from '../../shared/core/text/words.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { pricesText } from '../price-list.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { paragraph } from './paragraph.ts';
import { headerLine, spaced } from './plan-text.ts';

/** Everything that `cost` shows. */
export interface CostView {
  readonly plan: Plan;
  readonly instance: string;
  /** Set where the deployment was given its own key of the policy tag: commands name it. */
  readonly ownTag?: { readonly policyTag?: string };
  readonly file: string;
  readonly prices: Prices;
  readonly costs: readonly TableCost[];
  readonly sum: CostSum;
  /** The same tables under the deployed policies, where they are others. */
  readonly deployed?: CostSum;
  /** Set where one policy was asked for, with what its tables cost under all their policies. */
  readonly only?: { readonly policy: string; readonly inAll: Bill };
  /** Whether one table was asked for: its policies and lines are shown. */
  readonly isOne: boolean;
}

type Block = readonly string[];

const heading = (texts: readonly string[]): Row => texts.map((text) => ({ text, tone: 'muted' }));

const billText = (bill: Bill): string => amountText(totalOf(bill));

/** Last month, this month, the next two. */
const NAMES = ['last month', 'this month', 'next month', 'the month after'];

const estimateText = ({ estimated }: MonthCost): string =>
  estimated.usd > 0
    ? `of which about ${usdText(estimated.usd)} for recovery points that are gone by now, as the schedule made them`
    : '';

const firstText = ({ onTheFirst, start }: MonthCost, now: number): string =>
  start > now && (onTheFirst.usd > 0 || onTheFirst.lacks.length > 0)
    ? `on its first day ${amountText(onTheFirst)} at once, less what expires later`
    : '';

const monthRow = (month: MonthCost, name: string, now: number): Row => {
  const notes = [estimateText(month), firstText(month, now)].filter((text) => text !== '');
  return [monthText(month), name, billText(month.bill), notes.join('; ')];
};

const sumBlock = ({ only, plan, prices, sum }: CostView, screen: Screen): Block => [
  ...paragraph(
    `${billText(sum.now)} a month for what ${only === undefined ? 'is there now' : `${only.policy} keeps now`}: ${counted(sum.points, 'recovery point')}${sum.copies === 0 ? '' : `, ${counted(sum.copies, 'copy', 'copies')}`}, ${bytesSumText(sum)}. Once ${only === undefined ? 'the rules of all policies' : 'its rules'} are full: ${billText(sum.steady)}. By ${pricesText(prices, plan.target.region)}.`,
    '',
    screen,
  ),
  ...columns(
    sum.months.map((month, at) => monthRow(month, NAMES[at] ?? '', plan.plannedAt)),
    '  ',
    screen,
  ),
];

/** What one policy costs is not what its tables do. */
const onlyBlock = ({ costs, only, sum }: CostView, screen: Screen): Block => {
  if (only === undefined) return [];
  const { pitrApart } = sum;
  const pitr =
    pitrApart?.pitr === undefined
      ? 'Point-in-time recovery is not in these sums.'
      : `Point-in-time recovery, which ${only.policy} requires, is not in these sums: ${billText(pitrApart)} more.`;
  const its = `In all, under every policy and with point-in-time recovery, ${verb(costs.length, 'its table costs', `its ${costs.length} tables cost`)} ${billText(only.inAll)} a month now.`;
  return [...paragraph(pitr, '', screen), ...paragraph(its, '', screen)];
};

const linesBlock = ({ sum }: CostView, screen: Screen): Block => [
  screen.paint('strong', 'By kind, a month'),
  ...columns(
    BILL_LINES.flatMap((line): readonly Row[] => {
      const amount = sum.now[line];
      return amount === undefined ? [] : [[line, amountText(amount)]];
    }),
    '  ',
    screen,
  ),
];

const STATES: Readonly<Record<TableCost['state'], string>> = {
  governed: '',
  ungoverned: 'no policy governs it: nothing of it expires',
  deleted: 'deleted',
};

/** What becomes of a deleted table's recovery points, as far as this program decides it. */
const leftText = ({ ending, policies, state }: TableCost): string => {
  if (state !== 'deleted') return '';
  if (ending === undefined) return ': its recovery points stay until someone deletes them';
  const all = policies.reduce((sum, { points }) => sum + points, 0);
  const rest = ending.points < all ? `; ${all - ending.points} stay until someone deletes them` : '';
  return `: afterDeletion ends ${counted(ending.points, 'recovery point')} from ${minuteText(ending.at)} on${rest}`;
};

const notesOf = (cost: TableCost): readonly string[] => {
  const { former, isOnHold, state } = cost;
  return [
    `${STATES[state]}${leftText(cost)}`,
    isOnHold ? 'on hold: nothing of it expires' : '',
    former === 0 ? '' : `${former} of a former table of the name: they stay until someone deletes them`,
  ];
};

const noteOf = (cost: TableCost): string =>
  notesOf(cost)
    .filter((text) => text !== '')
    .join('; ');

const usdOf = ({ now }: TableCost): number => totalOf(now).usd;

const dearestFirst = (costs: readonly TableCost[]): readonly TableCost[] =>
  costs.toSorted((a, b) => usdOf(b) - usdOf(a) || (a.table < b.table ? -1 : 1));

const tableRow = (cost: TableCost): Row => {
  const next = cost.months[2];
  const { copies, points } = cost.policies.reduce(
    (sum, one) => ({ points: sum.points + one.points, copies: sum.copies + one.copies }),
    { points: 0, copies: 0 },
  );
  return [
    cost.table,
    cost.policies.map(({ policy }) => policy).join('+') || '-',
    cost.sizeBytes === undefined ? '-' : bytesText(cost.sizeBytes),
    String(points),
    String(copies),
    billText(cost.now),
    next === undefined ? '-' : billText(next.bill),
    billText(cost.steady),
    noteOf(cost),
  ];
};

const tablesBlock = ({ costs }: CostView, screen: Screen): Block =>
  costs.length === 0
    ? ['No policy governs a table, and no recovery point is left.']
    : columns(
        [
          heading(['TABLE', 'POLICY', 'SIZE', 'POINTS', 'COPIES', 'NOW', 'NEXT MONTH', 'ONCE FULL', '']),
          ...dearestFirst(costs).map(tableRow),
        ],
        '  ',
        screen,
      );

const policyRows = ({ now: { pitr }, policies, sizeBytes = 0 }: TableCost): readonly Row[] => [
  ...policies.flatMap(({ kinds, policy }) =>
    kinds.map(
      (one): Row => [
        ...[policy, one.kind, String(one.points), String(one.copies)],
        ...[bytesSumText(one), amountText(one.now)],
      ],
    ),
  ),
  ...(pitr === undefined ? [] : [['-', 'pitr', '-', '-', bytesText(sizeBytes), amountText(pitr)]]),
];

const detailsBlock = ({ costs, isOne }: CostView, screen: Screen): Block =>
  isOne
    ? columns(
        [heading(['POLICY', 'KIND', 'POINTS', 'COPIES', 'STORED', 'A MONTH']), ...costs.flatMap(policyRows)],
        '  ',
        screen,
      )
    : [];

const differenceText = (given: Amount, deployed: Amount): string => {
  const by = given.usd - deployed.usd;
  const isWhole = given.lacks.length + deployed.lacks.length === 0;
  return `${amountText(deployed)} -> ${amountText(given)}${isWhole ? ` (${by < 0 ? '' : '+'}${usdText(by)})` : ''}`;
};

const comparedRows = (given: CostSum, deployed: CostSum): readonly Row[] => [
  ...given.months.slice(1).flatMap((month, at): readonly Row[] => {
    const other = deployed.months[at + 1];
    return other === undefined
      ? []
      : [[monthText(month), differenceText(totalOf(month.bill), totalOf(other.bill))]];
  }),
  ['once the rules are full', differenceText(totalOf(given.steady), totalOf(deployed.steady))],
];

const deployedBlock = ({ deployed, file, sum }: CostView, screen: Screen): Block =>
  deployed === undefined
    ? []
    : [
        screen.paint('strong', `${file} beside the deployed policies, which it differs from`),
        ...columns(comparedRows(sum, deployed), '  ', screen),
      ];

/** A sum of months in which nothing expires looks like what the rules cost, and is not. */
const guardrailBlock = (
  { instance, ownTag, plan, sum: { held: later } }: CostView,
  screen: Screen,
): Block => {
  const held = plan.findings.filter(({ kind }) => kind === 'guardrail-refusal');
  const policies = [...new Set(held.flatMap(({ policy }) => policy ?? []))].toSorted();
  if (held.length === 0 && later !== undefined)
    return paragraph(
      `From about ${dayText(later.from)} the guardrail holds expiry back until a person approves it: the months ahead have what the rules of ${listed(later.policies)} no longer keep.`,
      '',
      screen,
    );
  return held.length === 0
    ? []
    : paragraph(
        `The guardrail holds back what the rules${policies.length === 0 ? '' : ` of ${listed(policies)}`} no longer keep, until somebody approves it: the months ahead are so. What it is: ${planText({ instance, target: plan.target, ...ownTag })}`,
        '',
        screen,
      );
};

const lacksBlock = ({ plan, prices, sum }: CostView, screen: Screen): Block => {
  const lacks = [
    ...new Set(
      [sum.now, sum.steady, ...sum.months.map(({ bill }) => bill)].flatMap((bill) => totalOf(bill).lacks),
    ),
  ];
  if (lacks.length === 0) return [];
  const more = morePricesText(prices, plan.target.region);
  return [
    ...paragraph(`Not known, and in no sum: ${listed(lacks.toSorted())}.`, '', screen),
    ...(more === undefined ? [] : paragraph(`${more}.`, '', screen)),
  ];
};

/** Formats what everything costs: the sums first, then each table, dearest first, then what is not known. */
export const costLines = (view: CostView, screen: Screen): readonly string[] =>
  spaced([
    [headerLine(view.plan, view.instance, screen)],
    sumBlock(view, screen),
    onlyBlock(view, screen),
    guardrailBlock(view, screen),
    deployedBlock(view, screen),
    linesBlock(view, screen),
    tablesBlock(view, screen),
    detailsBlock(view, screen),
    lacksBlock(view, screen),
  ]);
