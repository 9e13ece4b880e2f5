import data from './prices.json' with { type: 'json' };

/** What AWS charges for, in US dollars: what is kept by the GB and month, what is moved by the GB, capacity by the unit and hour. */
export const FIGURES = [
  'backupGbMonth',
  'pitrGbMonth',
  'restoredGb',
  'vaultGbMonth',
  'vaultColdGbMonth',
  'coldRestoredGb',
  'copiedGb',
  'exportedGb',
  'readUnitHour',
  'writeUnitHour',
] as const;

export type Figure = (typeof FIGURES)[number];

/** The prices of one Region; a figure that is not known is absent. `copiedGb` is for what leaves it for another Region. */
export type RegionPrices = Readonly<Partial<Record<Figure, number>>>;

/** Where figures come from, and whether a second source or AWS's own list says the same. */
export interface PriceSource {
  readonly from: string;
  readonly readAt: string;
  readonly figures: readonly Figure[];
  readonly isVerified: boolean;
}

/** A list of prices, as a file has it. */
export interface Prices {
  /** The day on which it was read. */
  readonly readAt: string;
  /** What the whole list was made from, in words. */
  readonly origin: string;
  readonly sources: readonly PriceSource[];
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/** Lists the prices that come with the program: what to expect, not what is billed. `tablekeeper prices` makes the file from AWS's own list. */
export const PRICES = data as Prices;

/** The Region whose price stands in where a single amount is shown with the Region that it is of. */
export const FIRST_REGION = 'us-east-1';

/** What a GB is here: sizes are shown in the same steps of 1,000, so that a bill can be checked by hand. */
export const GB = 1_000_000_000;

/** Looks a price up; undefined where the list does not know it. SAFETY: what is not known is never taken for free. */
export const priceIn = (prices: Prices, region: string, figure: Figure): number | undefined =>
  Object.hasOwn(prices.regions, region) ? prices.regions[region]?.[figure] : undefined;
