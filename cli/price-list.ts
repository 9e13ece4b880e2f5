import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { parsePrices } from '../shared/core/money/price-file.ts';
import { FIRST_REGION, PRICES, type Prices } from '../shared/core/money/prices.ts';
import { listText } from '../shared/core/money/whose-prices.ts';
import { UserError } from '../shared/model/errors.ts';
import { regionOf } from './region.ts';
import type { Session } from './session.ts';

/** An option of every command that prices something. */
export const PRICES_OPTION = new Option(
  '--prices <file>',
  'another list of prices (default: the one that comes with the program)',
);

/** Reads the list of prices of a command. Throws a `UserError` for a file that is none. */
export const pricesOf = async (file: string | undefined): Promise<Prices> => {
  if (file === undefined) return PRICES;
  try {
    return parsePrices(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      {
        code: 'no-price-file',
        what: 'The list of prices cannot be read.',
        where: { file },
        fix: 'Give one with --prices FILE, or leave --prices out.',
      },
      { cause: error },
    );
  }
};

/** Finds the Region whose prices a command takes that needs no account: the one of the session, or us-east-1 where there is none. */
export const priceRegionOf = async (session: Session): Promise<string> => {
  try {
    return await regionOf(session);
  } catch (error) {
    if (error instanceof UserError && error.content.code === 'no-region') return FIRST_REGION;
    throw error;
  }
};

/** Says which prices a sum is of: `the prices of us-east-1, 2026-11-29 (public price tables, not read from AWS)`. */
export const pricesText = (prices: Prices, region: string): string =>
  `${listText(prices, region)} (${prices.origin})`;
