import { pageAssets } from '../adapters/page/page-assets.ts';
import type { Prices } from '../core/money/prices.ts';
import { type PageInput, reportOf } from '../core/page/report.ts';

/** Writes the page of a deployment, with the style and the script that come with the program. */
export const pageText = (input: PageInput, prices?: Prices): string => reportOf(input, pageAssets(), prices);
