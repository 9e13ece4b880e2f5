import { HOUR_MS } from '../../model/instant.ts';

/**
 * How long a recovery point may be in the making, in milliseconds. AWS documents minutes and large tables were not
 * measured, so six hours leave ample time and are still a quarter of the shortest common promise, a day.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const STUCK_AFTER_MS = 6 * HOUR_MS;
