import * as z from 'zod';
import { advise } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import { PRICES_COMMAND } from '../text/commands.ts';
import { FIGURES, type Prices } from './prices.ts';

const price = z.number().nonnegative();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write a day, such as 2026-11-29');

const schema = z.strictObject({
  readAt: day,
  origin: z.string(),
  sources: z.array(
    z.strictObject({
      from: z.string(),
      readAt: day,
      figures: z.array(z.enum(FIGURES)),
      isVerified: z.boolean(),
    }),
  ),
  regions: z.record(
    z.string(),
    z.strictObject(Object.fromEntries(FIGURES.map((one) => [one, price.optional()]))),
  ),
});

const mistake = (file: string, what: string, cause?: unknown): UserError =>
  new UserError(
    {
      code: 'price-file',
      what: `This is no list of prices: ${what}.`,
      where: { file },
      fix: advise("Make one from AWS's own list; docs/cost.md says of which files:", PRICES_COMMAND),
    },
    { cause },
  );

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw mistake(file, 'it is not JSON', error);
  }
};

/** Reads a list of prices as `tablekeeper prices` writes it. Throws a `UserError` that names the first mistake. */
export const parsePrices = (text: string, file: string): Prices => {
  const read = schema.safeParse(parsed(text, file));
  if (read.success) return read.data as Prices;
  const [issue] = read.error.issues;
  throw mistake(file, `${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'it is wrong'}`);
};
