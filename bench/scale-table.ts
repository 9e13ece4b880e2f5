import { markdownTable, numberText } from './cells.ts';
import { totalOf } from './least-possible.ts';
import type { Measurement } from './measure.ts';

const HEADS = [
  'Run',
  'tables',
  'calls',
  'least',
  'ratio',
  'bare',
  'seconds',
  'bound',
  'ratio',
  'CPU s',
  'peak MB',
  'left',
];

const nameOf = ({ scene, run }: Measurement): string => (run === 1 ? scene : `${scene}, run ${run}`);

const rowOf = (one: Measurement): readonly string[] => {
  const [calls, least] = [totalOf(one.calls), totalOf(one.least)];
  return [
    nameOf(one),
    numberText(one.tables),
    numberText(calls),
    numberText(least),
    numberText(calls / least, 2),
    numberText(totalOf(one.bare)),
    numberText(one.runMs / 1_000, 1),
    numberText(one.boundMs / 1_000, 1),
    numberText(one.runMs / one.boundMs, 2),
    numberText(one.cpuSeconds, 1),
    numberText(one.peakMb),
    numberText(one.deeds.deferred + one.deeds.unread),
  ];
};

/** Formats measurements, one row for each run. */
export const scaleTable = (measurements: readonly Measurement[]): string =>
  markdownTable([HEADS, ...measurements.map(rowOf)]);

const operationsOf = ({ calls, least }: Measurement): string =>
  Object.keys({ ...calls, ...least })
    .toSorted()
    .map((operation) => {
      const [made, needed] = [calls[operation] ?? 0, least[operation] ?? 0];
      return made === needed
        ? `${operation} ${numberText(made)}`
        : `${operation} ${numberText(made)} (least ${numberText(needed)})`;
    })
    .join(' · ');

/** Formats the calls of each run by operation, with the least possible number where it differs. */
export const operationsTable = (measurements: readonly Measurement[]): string =>
  markdownTable([
    ['Run', 'tables', 'calls by operation'],
    ...measurements.map((one) => [nameOf(one), numberText(one.tables), operationsOf(one)]),
  ]);
