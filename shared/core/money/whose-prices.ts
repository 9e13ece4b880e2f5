import { FIRST_REGION, type Figure, PRICES, priceIn } from './prices.ts';

/** Whether a figure of a Region is known; where it is not, an estimate of a restore or an export takes that of the first Region. */
export const hasPrice = (region: string, figure: Figure): boolean =>
  priceIn(PRICES, region, figure) !== undefined;

/** Words by whose prices an estimate is where those of its Region are not known. */
export const otherPricesText = (region: string): string =>
  `by the prices of ${FIRST_REGION}, because those of ${region} are not known`;
