import type { Definition } from './table.ts';

/** The wire's instants: seconds, with milliseconds behind the point. */
export const seconds = (instant: number): number => instant / 1000;

export const throughputOf = (throughput: Definition['provisionedThroughput']) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: throughput?.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: throughput?.WriteCapacityUnits ?? 0,
});
