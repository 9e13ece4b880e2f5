import { longestPauseMinutes } from './rate-expression.ts';

const MINUTE_SECONDS = 60;

/**
 * Returns the longest time between two runs of a rate in seconds: what the alarm on a schedule that did not run waits for. Throws a
 * `UserError` for what cannot be a rate.
 */
export const longestSilenceSeconds = (rate: string): number => longestPauseMinutes(rate) * MINUTE_SECONDS;
