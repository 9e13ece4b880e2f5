import { amountText } from '../../shared/core/money/amount.ts';
import { BILL_LINES, totalOf } from '../../shared/core/money/bill.ts';
import { dayText, type Month, monthText } from '../../shared/core/money/months.ts';
import type { Prices } from '../../shared/core/money/prices.ts';
import { morePricesText } from '../../shared/core/money/whose-prices.ts';
import { type ComparedReach, comparedReach, type Loss } from '../../shared/core/simulate/reach.ts';
import type { SimulatedDay, SimulatedMonth, Simulation } from '../../shared/core/simulate/simulate.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { ageText, daysText, reachText } from '../../shared/core/text/time.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../shared/model/instant.ts';
import { pricesText } from '../price-list.ts';
import type { Growth } from '../simulate/wishes.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { type Edit, editLines } from './edit-text.ts';
import { paragraph } from './paragraph.ts';

/** What one file makes of a tag; without a simulation where it lacks a name of it. */
export interface SimulatedFile {
  readonly file: string;
  readonly simulation?: Simulation;
}

/** One value of the tag, under each file. */
export interface Comparison {
  readonly tag: string;
  readonly simulations: readonly SimulatedFile[];
}

/** Everything that a simulation shows. */
export interface SimulateView {
  readonly region: string;
  readonly prices: Prices;
  readonly from: Instant;
  readonly days: number;
  readonly sizeBytes: number;
  readonly growth?: Growth;
  /** Where there are two files. */
  readonly edit?: Edit;
  readonly comparisons: readonly Comparison[];
}

/** Writes an age in the unit that people say it in. */
export const ageUnitText = (ms: number): string => {
  const years = ms / (365 * DAY_MS);
  if (years >= 1 && Number.isInteger(years)) return years === 1 ? '1 year' : `${years} years`;
  const days = ms / DAY_MS;
  if (days >= 1) return days === 1 ? '1 day' : `${days} days`;
  return ms === HOUR_MS ? '1 hour' : `${ms / HOUR_MS} hours`;
};

/** Writes a month, and how much of it is simulated where that is not all. */
export const monthLabel = ({ start, end }: Month, { from, to }: Pick<Simulation, 'from' | 'to'>): string => {
  const [whole, part] = [end - start, Math.min(end, to) - Math.max(start, from)].map((ms) => ms / DAY_MS);
  return whole === part
    ? monthText({ start, end })
    : `${monthText({ start, end })} (${+(part ?? 0).toFixed(1)} of ${daysText(whole ?? 0)})`;
};

/** Writes what the worst restore loses. */
export const lossText = (loss: Loss): string => {
  switch (loss.kind) {
    case 'any-second':
      return '5 min';
    case 'between-points':
      return ageText(loss.ms);
    case 'not-reached':
      return 'everything';
    default:
      return assertNever(loss);
  }
};

/** Writes a span of ages; the one that nothing reaches has no end. */
export const bandText = ({ from, losses, to }: ComparedReach): string => {
  if (losses.every((loss) => loss === undefined || loss.kind === 'not-reached'))
    return `longer than ${ageUnitText(from)}`;
  return from === 0 ? `up to ${ageUnitText(to)}` : `${ageUnitText(from)} to ${ageUnitText(to)}`;
};

const KEY_DAYS = [1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1_095, 1_825, 2_555];

const keyDays = (days: number): readonly number[] => [...KEY_DAYS.filter((day) => day < days), days];

type Present = SimulatedFile & { readonly simulation: Simulation };

const presentOf = ({ simulations }: Comparison): readonly Present[] =>
  simulations.filter((one): one is Present => one.simulation !== undefined);

const heading = (texts: readonly string[]): Row => texts.map((text) => ({ text, tone: 'muted' }));

const dayCells = (day: SimulatedDay | undefined): readonly string[] => [
  String(day?.points ?? 0),
  String(day?.copies ?? 0),
  bytesText(day?.bytes ?? 0),
  day?.oldest === undefined ? '-' : dayText(Math.min(day.oldest, day.pitrFrom ?? day.oldest)),
  day === undefined ? '-' : amountText(totalOf(day.monthly)),
];

const dayRows = (shown: readonly Present[], days: number): readonly Row[] => [
  heading(['DAY', 'DATE', ...shown.flatMap(() => ['POINTS', 'COPIES', 'STORED', 'BACK TO', 'A MONTH'])]),
  ...keyDays(days).map((day): Row => {
    const at = shown[0]?.simulation.days[day - 1]?.at ?? 0;
    return [
      String(day),
      dayText(at),
      ...shown.flatMap(({ simulation }) => dayCells(simulation.days[day - 1])),
    ];
  }),
];

const reachRows = (shown: readonly Present[]): readonly Row[] => [
  heading(['LOST THAT LONG AGO', ...shown.map(({ file }) => (shown.length === 1 ? 'AT MOST' : file))]),
  ...comparedReach(shown.map(({ simulation }) => simulation.reach)).map(
    (band): Row => [
      bandText(band),
      ...band.losses.map((loss) => (loss === undefined ? '-' : lossText(loss))),
    ],
  ),
];

const monthCells = (month: SimulatedMonth | undefined): readonly string[] =>
  month === undefined ? ['-', '-'] : [amountText(totalOf(month.bill)), amountText(month.onTheFirst)];

const monthRows = (shown: readonly Present[]): readonly Row[] => [
  heading(['MONTH', ...shown.flatMap(() => ['BILL', 'ON THE 1ST'])]),
  ...(shown[0]?.simulation.months ?? []).map(
    (month, at): Row => [
      shown[0] === undefined ? '' : monthLabel(month, shown[0].simulation),
      ...shown.flatMap(({ simulation }) => monthCells(simulation.months[at])),
    ],
  ),
];

const lastLines = ({ file, simulation }: Present, isOne: boolean): string => {
  const { monthly } = simulation.days.at(-1) ?? {};
  const parts = BILL_LINES.flatMap((line) => {
    const amount = monthly?.[line];
    return amount === undefined ? [] : [`${line} ${amountText(amount)}`];
  });
  return `${isOne ? 'At the end' : `${file} at the end`}: ${parts.join(', ') || 'nothing to pay'}, a month.`;
};

const backText = ({ file, simulation }: Present, isOne: boolean): string => {
  const { isFull, leastMs, mostMs } = simulation.reachesBack;
  const [least = '', most = ''] = [leastMs, mostMs].map(reachText);
  const it = isOne ? 'it' : file;
  if (!isFull)
    return `${isOne ? 'It' : file} reaches back ${least} at the end. Its rules are not full yet: how far back is sure from then on, a longer --for shows.`;
  return least === most
    ? `Once its rules are full ${it} reaches back ${least}.`
    : `Once its rules are full ${it} reaches back ${least} on the worst day and ${most} on the best.`;
};

const lacksText = (
  shown: readonly Present[],
  { prices, region }: Pick<SimulateView, 'prices' | 'region'>,
): readonly string[] => {
  const lacks = new Set(
    shown.flatMap(({ simulation }) => simulation.days.flatMap(({ monthly }) => totalOf(monthly).lacks)),
  );
  if (lacks.size === 0) return [];
  const more = morePricesText(prices, region);
  return [
    `Not known, and in no sum: ${[...lacks].toSorted().join(', ')}.`,
    ...(more === undefined ? [] : [`${more}.`]),
  ];
};

const comparisonLines = (comparison: Comparison, view: SimulateView, screen: Screen): readonly string[] => {
  const { days } = view;
  const shown = presentOf(comparison);
  const absent = comparison.simulations.filter(({ simulation }) => simulation === undefined);
  const isOne = comparison.simulations.length === 1;
  const files = isOne ? '' : `: ${shown.map(({ file }) => file).join(' | ')}`;
  return [
    '',
    `${screen.paint('strong', comparison.tag)}${files}`,
    ...absent.map(({ file }) => `  ${file} has no such policy.`),
    ...columns(dayRows(shown, days), '  ', screen),
    '',
    ...columns(reachRows(shown), '  ', screen),
    '',
    ...columns(monthRows(shown), '  ', screen),
    '',
    ...[
      ...shown.flatMap((one) => [backText(one, isOne), lastLines(one, isOne)]),
      ...lacksText(shown, view),
    ].flatMap((text) => paragraph(text, '  ', screen)),
  ];
};

/** Writes for what a simulation is: `a table of 100 GB for 400 days from 2026-11-29`. */
export const scopeText = ({ days, from, growth, prices, region, sizeBytes }: SimulateView): string => {
  const grows =
    growth === undefined ? '' : `, growing by ${+(100 * growth.share).toFixed(3)} % a ${growth.period}`;
  return `A table of ${bytesText(sizeBytes)}${grows}, for ${daysText(days)} from ${dayText(from)}; by ${pricesText(prices, region)}.`;
};

/** Formats simulations: what is there on some days, what a restore loses at each age, and the bill of each month; files side by side. */
export const simulateLines = (view: SimulateView, screen: Screen): readonly string[] => [
  ...paragraph(scopeText(view), '', screen),
  ...editLines(view.edit, screen),
  ...view.comparisons.flatMap((one) => comparisonLines(one, view, screen)),
];
