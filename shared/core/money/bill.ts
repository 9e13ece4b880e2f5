import { DAY_MS, type Instant } from '../../model/instant.ts';
import { type Amount, amountOf, NOTHING, sumOf } from './amount.ts';
import { type Month, shareOfMonth } from './months.ts';
import { type Figure, GB, type Prices, priceIn } from './prices.ts';

/**
 * The lines of a bill. `backups`: DynamoDB's own · `vault`, `vault-cold`: in a vault at home · `copies`, `copies-cold`: in a vault elsewhere ·
 * `transfer`: copies on their way to another Region · `cold-minimum`: the rest of the 90 days of what left cold storage before them.
 */
export const BILL_LINES = [
  'backups',
  'vault',
  'vault-cold',
  'copies',
  'copies-cold',
  'transfer',
  'cold-minimum',
  'pitr',
] as const;

export type BillLine = (typeof BILL_LINES)[number];

/** Amounts by line; a line without anything to pay is absent. */
export type Bill = Readonly<Partial<Record<BillLine, Amount>>>;

/** One recovery point, as far as a bill depends on it. */
export interface BilledPoint {
  /** Absent where nothing says it: a bill lacks it, and never takes it for nothing. */
  readonly bytes?: number;
  readonly createdAt: Instant;
  /** When it was deleted; absent while it is there. */
  readonly goneAt?: Instant;
  /** The Region in which it is stored. */
  readonly region: string;
  readonly isInVault: boolean;
  readonly isCopy: boolean;
  /** The Region that it was copied from, where that is another. */
  readonly copiedFrom?: string;
  /** When a copy was made; when its source was, where it is absent. */
  readonly copiedAt?: Instant;
  /** When it moved or moves to cold storage; absent where it stays warm. */
  readonly coldAt?: Instant;
}

/**
 * How long what is in cold storage is paid for at the least.
 * @see https://aws.amazon.com/backup/pricing/ (checked 2026-11-29)
 */
export const COLD_MINIMUM_MS = 90 * DAY_MS;

const NEVER = Number.POSITIVE_INFINITY;

const FIGURE_TEXTS: Readonly<Partial<Record<Figure, string>>> = {
  backupGbMonth: 'backups',
  pitrGbMonth: 'point-in-time recovery',
  vaultGbMonth: 'warm storage of AWS Backup',
  vaultColdGbMonth: 'cold storage of AWS Backup',
  copiedGb: 'copies out',
};

const priced = (quantity: number, prices: Prices, region: string, figure: Figure): Amount =>
  amountOf(
    quantity,
    priceIn(prices, region, figure),
    `the price of ${FIGURE_TEXTS[figure] ?? figure} in ${region}`,
  );

/** Prices so much of a point, such as its share of a month. */
const pricedPoint = (
  share: number,
  { bytes, isCopy, region }: Pick<BilledPoint, 'bytes' | 'isCopy' | 'region'>,
  prices: Prices,
  { figure, priceRegion = region }: { readonly figure: Figure; readonly priceRegion?: string },
): Amount => {
  if (bytes !== undefined) return priced(share * (bytes / GB), prices, priceRegion, figure);
  const what = isCopy ? 'copies' : 'recovery points';
  return amountOf(share, undefined, `the size of ${what} in ${region} that were not listed`);
};

const warmLine = ({ isCopy, isInVault }: BilledPoint): BillLine => {
  if (isCopy) return 'copies';
  return isInVault ? 'vault' : 'backups';
};

/** Says under which line a point that is there is stored. */
export const storageLineOf = (point: BilledPoint, now: Instant): BillLine => {
  if ((point.coldAt ?? NEVER) > now) return warmLine(point);
  return point.isCopy ? 'copies-cold' : 'vault-cold';
};

type Lines = readonly (readonly [BillLine, Amount])[];

/** What of a month is billed: all of it, or as far as it is known. */
interface Billed {
  readonly month: Month;
  readonly from: Instant;
  readonly to: Instant;
}

const isIn = ({ from, to }: Billed, at: Instant): boolean => at >= from && at < to;

const storageLines = (point: BilledPoint, { month, from, to }: Billed, prices: Prices): Lines => {
  const { coldAt = NEVER, copiedAt, createdAt, goneAt = NEVER, isCopy, isInVault } = point;
  const [begins, ends] = [Math.max(copiedAt ?? createdAt, from), Math.min(goneAt, to)];
  const warm = shareOfMonth(month, begins, Math.min(ends, coldAt));
  const cold = shareOfMonth(month, Math.max(begins, coldAt), ends);
  return [
    [
      warmLine(point),
      pricedPoint(warm, point, prices, { figure: isInVault ? 'vaultGbMonth' : 'backupGbMonth' }),
    ],
    [isCopy ? 'copies-cold' : 'vault-cold', pricedPoint(cold, point, prices, { figure: 'vaultColdGbMonth' })],
  ];
};

/** What leaves cold storage too early is charged for the rest of the time at once. */
const minimumLine = (point: BilledPoint, billed: Billed, prices: Prices): Lines => {
  const { coldAt = NEVER, goneAt = NEVER } = point;
  if (coldAt >= goneAt || !isIn(billed, goneAt)) return [];
  const { month } = billed;
  const rest = Math.max(0, coldAt + COLD_MINIMUM_MS - goneAt) / (month.end - month.start);
  return [['cold-minimum', pricedPoint(rest, point, prices, { figure: 'vaultColdGbMonth' })]];
};

const transferLine = (point: BilledPoint, billed: Billed, prices: Prices): Lines => {
  const { copiedAt, copiedFrom, createdAt } = point;
  return copiedFrom === undefined || !isIn(billed, copiedAt ?? createdAt)
    ? []
    : [['transfer', pricedPoint(1, point, prices, { figure: 'copiedGb', priceRegion: copiedFrom })]];
};

const billFrom = (lines: Lines): Bill => {
  const due = lines.filter(([, { usd, lacks }]) => usd !== 0 || lacks.length > 0);
  const byLine = Map.groupBy(due, ([line]) => line);
  return Object.fromEntries(
    BILL_LINES.flatMap((line) => {
      const amounts = byLine.get(line);
      return amounts === undefined ? [] : [[line, sumOf(amounts.map(([, amount]) => amount))]];
    }),
  );
};

/**
 * Bills recovery points for a month, or for the part of it that is known: each for the share of the month in which it was there.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backup-restore-billing.html (checked 2026-11-29)
 */
export const billOfMonth = (
  points: readonly BilledPoint[],
  month: Month,
  prices: Prices,
  { from = month.start, to = month.end }: { readonly from?: Instant; readonly to?: Instant } = {},
): Bill => {
  const billed: Billed = { month, from: Math.max(month.start, from), to: Math.min(month.end, to) };
  return billFrom(
    points.flatMap((point) => [
      ...storageLines(point, billed, prices),
      ...minimumLine(point, billed, prices),
      ...transferLine(point, billed, prices),
    ]),
  );
};

/** Bills what is there at an instant as if it stayed for a whole month. */
export const billAt = (points: readonly BilledPoint[], now: Instant, prices: Prices): Bill => {
  const month: Month = { start: now, end: now + 30 * DAY_MS };
  const whole: Billed = { month, from: now, to: month.end };
  return billFrom(
    points
      .filter(({ createdAt, goneAt = NEVER }) => createdAt <= now && goneAt > now)
      .flatMap(({ coldAt = NEVER, goneAt: _, ...point }) =>
        storageLines({ ...point, ...(coldAt <= now && { coldAt }) }, whole, prices),
      ),
  );
};

/**
 * What the bill shows on the first of a month: DynamoDB charges each backup that is there for the whole month at once, and takes back what was too
 * much when it is deleted.
 */
export const chargedOnTheFirst = (points: readonly BilledPoint[], { start }: Month, prices: Prices): Amount =>
  sumOf(
    points
      .filter(({ createdAt, goneAt = NEVER, isInVault }) => !isInVault && createdAt < start && goneAt > start)
      .map((point) => pricedPoint(1, point, prices, { figure: 'backupGbMonth' })),
  );

/** Bills point-in-time recovery by the size of the table: however many days it keeps, it costs the same. */
export const pitrBill = (bytes: number, region: string, prices: Prices): Bill =>
  billFrom([['pitr', priced(bytes / GB, prices, region, 'pitrGbMonth')]]);

/** Bills what is copied out of a Region, by the GB, once. */
export const transferBill = (bytes: number, region: string, prices: Prices): Bill =>
  billFrom([['transfer', priced(bytes / GB, prices, region, 'copiedGb')]]);

/** Adds bills line by line. */
export const addBills = (bills: readonly Bill[]): Bill =>
  billFrom(
    bills.flatMap((bill) =>
      BILL_LINES.flatMap((line): Lines => (bill[line] === undefined ? [] : [[line, bill[line]]])),
    ),
  );

/** Sums a bill. */
export const totalOf = (bill: Bill): Amount => sumOf(BILL_LINES.map((line) => bill[line] ?? NOTHING));
