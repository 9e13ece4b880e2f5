import { FIGURES, FIRST_REGION, type Figure, PRICES, type Prices, priceIn } from './prices.ts';

/** Whether a figure of a Region is known; where it is not, an estimate of a restore or an export takes that of the first Region. */
export const hasPrice = (region: string, figure: Figure): boolean =>
  priceIn(PRICES, region, figure) !== undefined;

/** Words by whose prices an estimate is where those of its Region are not known. */
export const otherPricesText = (region: string): string =>
  `by the prices of ${FIRST_REGION}, because those of ${region} are not known`;

/** Words which prices a sum is of: those of its Region as a list has them, or that the list has none. */
export const listText = ({ readAt, regions }: Pick<Prices, 'readAt' | 'regions'>, region: string): string =>
  regions[region] === undefined
    ? `the list of prices of ${readAt}, which has none of ${region}`
    : `the prices of ${region}, ${readAt}`;

/** Words how to get the prices that a list lacks of a Region; undefined where it has all. */
export const morePricesText = (prices: Prices, region: string): string | undefined =>
  FIGURES.every((figure) => priceIn(prices, region, figure) !== undefined)
    ? undefined
    : "npx tablekeeper prices makes a list of every Region out of AWS's own, for --prices";
