const isNumber = (cell: string | undefined): boolean => cell === undefined || /^[\d,.]*$/.test(cell);

/** Formats rows of cells, the first of them the heads, as a Markdown table; columns of numbers are right-aligned. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const [heads = []] = rows;
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isRight = (column: number): boolean => rows.slice(1).every((row) => isNumber(row[column]));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => (isRight(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    isRight(at) ? `${'-'.repeat(Math.max(2, width) - 1)}:` : '-'.repeat(width),
  );
  const [first = '', ...rest] = rows.map(line);
  return [first, `| ${rule.join(' | ')} |`, ...rest].join('\n');
};

/** Formats a number with thousands separators and that many decimals. */
export const numberText = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Returns the median; of an even count the lower of the two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
