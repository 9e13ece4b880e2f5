import type { Capacity } from '../../model/table-settings.ts';
import { FIRST_REGION, type Figure, GB, PRICES, priceIn } from '../money/prices.ts';

const HOURS_A_MONTH = 730;

/** What a restore costs once. `unknown`: the service does not say how large the source is. */
export type RestoreCost =
  | {
      readonly kind: 'known';
      readonly sizeBytes: number;
      readonly usd: number;
      readonly usdPerGb: number;
      /** The Region that the price is of. */
      readonly priceRegion: string;
      /** Global indexes are restored and billed as well, and are not in that size. */
      readonly isWithoutIndexes: boolean;
      /** Cold storage costs more to restore from. */
      readonly isCold?: true;
    }
  | { readonly kind: 'unknown' };

/** The prices that come with the program have each figure of the first Region. */
const usualPrice = (figure: Figure): number => priceIn(PRICES, FIRST_REGION, figure) ?? Number.NaN;

/** The price of a Region, or else that of the first one, which is shown with it. */
const perGb = (region: string, figure: Figure): readonly [usd: number, region: string] => {
  const found = priceIn(PRICES, region, figure);
  return found === undefined ? [usualPrice(figure), FIRST_REGION] : [found, region];
};

/** Estimates what a restore costs by the size of its source. */
export const restoreCost = (
  sizeBytes: number | undefined,
  region: string,
  hasIndexes: boolean,
  isCold = false,
): RestoreCost => {
  if (sizeBytes === undefined) return { kind: 'unknown' };
  const [usdPerGb, priceRegion] = perGb(region, isCold ? 'coldRestoredGb' : 'restoredGb');
  return {
    kind: 'known',
    sizeBytes,
    usd: (sizeBytes / GB) * usdPerGb,
    usdPerGb,
    priceRegion,
    isWithoutIndexes: hasIndexes,
    ...(isCold && { isCold }),
  };
};

/** Estimates what an export of a whole table costs, with as many local indexes; of a filtered one AWS states no price. */
export const exportUsd = (sizeBytes: number, region: string): number =>
  (sizeBytes / GB) * perGb(region, 'exportedGb')[0];

/** Estimates what provisioned capacity costs a month, at the price of us-east-1. */
export const monthlyUsd = ({ reads, writes }: Capacity): number =>
  HOURS_A_MONTH * (reads * usualPrice('readUnitHour') + writes * usualPrice('writeUnitHour'));
