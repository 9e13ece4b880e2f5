import { markdownTable, numberText } from './cells.ts';
import type { ColdStart } from './cold-start.ts';
import type { Weight } from './cold-start-bundles.ts';

const kilobytes = (bytes: number): string => (bytes === 0 ? '' : numberText(bytes / 1_000));

const named = (starts: readonly ColdStart[], name: string | undefined): ColdStart | undefined =>
  starts.find((one) => one.name === name);

/** Formats cold starts, one row for each, in the order given, with ratios to the AWS clients alone. */
export const coldStartTable = (starts: readonly ColdStart[]): string => {
  const ratio = (value: number, base: number | undefined): string =>
    base === undefined ? '' : numberText(value / base, 2);
  const rowOf = ({ name, clients, weight, wallMs, cpuMs }: ColdStart): readonly string[] => {
    const base = named(starts, clients);
    return [
      ...[clients === undefined ? name : `**${name}**`, kilobytes(weight.whole), kilobytes(weight.atStart)],
      ...[numberText(wallMs), ratio(wallMs, base?.wallMs), numberText(cpuMs), ratio(cpuMs, base?.cpuMs)],
    ];
  };
  return markdownTable([
    ['Loaded', 'kB', 'kB at start', 'wall ms', 'ratio', 'CPU ms', 'ratio'],
    ...starts.map(rowOf),
  ]);
};

/** What is shown of each bundle: the name of its column, and which bytes. */
const COLUMNS: readonly (readonly [title: string, name: string, weight: keyof Weight])[] = [
  ['backup', 'backup', 'whole'],
  ['of it at start', 'backup', 'atStart'],
  ['its clients', 'DynamoDB, tags; SNS later', 'whole'],
  ['audit', 'audit', 'whole'],
  ['slack', 'slack', 'whole'],
  ['its client', 'SSM', 'whole'],
];

const SHOWN = 20;

/** Formats the contents of bundles in kB by package, beside those of the AWS clients alone. */
export const packagesTable = (starts: readonly ColdStart[]): string => {
  const packages = [...(named(starts, 'audit')?.packages.keys() ?? [])].slice(0, SHOWN);
  return markdownTable([
    ['Package', ...COLUMNS.map(([title]) => title)],
    ...packages.map((one) => [
      one,
      ...COLUMNS.map(([, name, weight]) => kilobytes(named(starts, name)?.packages.get(one)?.[weight] ?? 0)),
    ]),
  ]);
};
