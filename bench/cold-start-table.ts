import { markdownTable, numberText } from './cells.ts';
import type { ColdStart } from './cold-start.ts';

const kilobytes = (bytes: number): string => (bytes === 0 ? '' : numberText(bytes / 1_000));

/** Given cold starts, the second of them that of the AWS clients alone, returns one row for each. */
export const coldStartTable = (starts: readonly ColdStart[]): string => {
  const clients = starts[1];
  const ratio = (value: number, base: number | undefined): string =>
    base === undefined ? '' : numberText(value / base, 2);
  return markdownTable([
    ['Loaded', 'kB at start', 'wall ms', 'ratio', 'CPU ms', 'ratio'],
    ...starts.map(({ name, bytesAtStart, wallMs, cpuMs }) => [
      name,
      kilobytes(bytesAtStart),
      numberText(wallMs),
      ratio(wallMs, clients?.wallMs),
      numberText(cpuMs),
      ratio(cpuMs, clients?.cpuMs),
    ]),
  ]);
};

const SHOWN = 12;

/** Given cold starts, returns what the backup function reads at start, by package, beside the bundle of the AWS clients alone. */
export const packagesTable = (starts: readonly ColdStart[]): string => {
  const backup = starts.find(({ name }) => name === 'backup')?.packages ?? [];
  const clients = new Map(starts[1]?.packages);
  return markdownTable([
    ['Package', 'backup kB', 'clients kB'],
    ...backup
      .slice(0, SHOWN)
      .map(([name, bytes]) => [name, kilobytes(bytes), kilobytes(clients.get(name) ?? 0)]),
  ]);
};
