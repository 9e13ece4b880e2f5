import type { Period } from '../calendar/calendar.ts';

/** How many periods of which kind to keep one recovery point for. */
export interface Bucket {
  readonly period: Period;
  readonly count: number;
}
