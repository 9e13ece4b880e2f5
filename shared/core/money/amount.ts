/** What something costs in US dollars, as far as it is known. */
export interface Amount {
  readonly usd: number;
  /** What the sum lacks, each once: a price in a Region, the size of a table. Empty where it is whole. */
  readonly lacks: readonly string[];
}

/** The sum of nothing. */
export const NOTHING: Amount = { usd: 0, lacks: [] };

/** Adds amounts: the sum lacks what any of them lacks. */
export const sumOf = (amounts: readonly Amount[]): Amount => ({
  usd: amounts.reduce((sum, { usd }) => sum + usd, 0),
  lacks: [...new Set(amounts.flatMap(({ lacks }) => lacks))].toSorted(),
});

/** Multiplies a quantity by a price. Without a price the amount lacks `what`, unless there is nothing to pay for. */
export const amountOf = (quantity: number, price: number | undefined, what: string): Amount => {
  if (quantity === 0) return NOTHING;
  return price === undefined ? { usd: 0, lacks: [what] } : { usd: quantity * price, lacks: [] };
};

/** Writes dollars with cents below a thousand: `$0.42`, `$1,204`. */
export const usdText = (usd: number): string => {
  if (usd > 0 && usd < 0.005) return 'under $0.01';
  const digits = Math.abs(usd) < 1_000 ? 2 : 0;
  const text = Math.abs(usd).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${usd < 0 ? '-' : ''}$${text}`;
};

/** Writes an amount: `not known` where nothing of it is, `at least` where it lacks something. */
export const amountText = ({ usd, lacks }: Amount): string => {
  if (lacks.length === 0) return usdText(usd);
  return usd === 0 ? 'not known' : `at least ${usdText(usd)}`;
};
