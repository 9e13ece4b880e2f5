/** Writes what something costs as the page does: a cost below a cent is none of nothing. */
export const pageUsd = (usd: number): string => {
  if (usd > 0 && usd < 0.005) return 'under USD 0.01';
  return `USD ${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
};
