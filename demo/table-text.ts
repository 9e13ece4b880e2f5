/** Given a heading and rows of cells, returns them as lines with columns that stand under each other. At the edge the last column is not padded. */
export const tableText = (
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heading), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
};
