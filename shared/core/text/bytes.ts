const STEP = 1000;
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Formats bytes in the unit people pay for: `12.3 GB`. Whole bytes below 1,000, one decimal below ten of a unit, and steps of 1,000. */
export const bytesText = (bytes: number): string => {
  if (bytes < STEP) return `${Math.max(0, Math.round(bytes))} B`;
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / STEP ** power;
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${UNITS[power - 1] ?? ''}`;
};
