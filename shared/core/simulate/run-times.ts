import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';

/** Minutes of an hour at which backup runs by default: `cron(2/30 * * * ? *)`, in serverless.yml. */
const BACKUP_MINUTES = [2, 32] as const;

/** When prune runs by default, in minutes of a day: `cron(37 1/6 * * ? *)`, in serverless.yml. */
const PRUNE_MINUTES = [1, 7, 13, 19].map((hour) => hour * 60 + 37);

const firstFrom = (minutes: readonly number[], periodMs: number, at: Instant): Instant => {
  const start = Math.floor(at / periodMs) * periodMs;
  const found = minutes.map((minute) => start + minute * MINUTE_MS).find((instant) => instant >= at);
  return found ?? start + periodMs + (minutes[0] ?? 0) * MINUTE_MS;
};

/** Returns the first run of backup at an instant or after it, by the default rate. */
export const backupRunFrom = (at: Instant): Instant => firstFrom(BACKUP_MINUTES, HOUR_MS, at);

/** Returns the first run of prune at an instant or after it, by the default rate. */
export const pruneRunFrom = (at: Instant): Instant => firstFrom(PRUNE_MINUTES, DAY_MS, at);
