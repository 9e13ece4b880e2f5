import { DAY_MS, type Instant } from '../shared/model/instant.ts';
import { recoveryPointName } from '../shared/model/recovery-point-name.ts';
import type { SimAccount } from '../sim/account.ts';
import { createBackup } from '../sim/console/backups.ts';
import { createTable } from '../sim/console/tables.ts';

/** Two hours after the slot of the day, 03:00 in Seoul. */
export const STARTS_AT = '2026-11-22T20:00:00Z';
const LATEST_SLOT: Instant = Date.UTC(2026, 10, 22, 18);

/** Recovery points that each table has. */
export const POINTS_EACH = 25;

/** Every second table keeps fewer than it has: five of fifty, a tenth, are due to expire where the latest slot is filled. */
export const KEEPS_ALL = 'keeps-25';
export const KEEPS_FEWER = 'keeps-20';

const policyText = (name: string, daily: number): string => `
  ${name}:
    schedule: "0 3 * * *"
    retention: { daily: ${daily} }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }`;

export const POLICIES = `timezone: Asia/Seoul
policies:${policyText(KEEPS_ALL, POINTS_EACH)}${policyText(KEEPS_FEWER, 20)}
`;

/** How large an account is, and what has been done in it. */
export interface Estate {
  readonly tables: number;
  /** Whether the newest recovery point is of the latest slot, or of the one before. */
  readonly isLatestFilled: boolean;
}

const tableName = (at: number): string => `table-${String(at).padStart(6, '0')}`;

export const policyOf = (at: number): string => (at % 2 === 0 ? KEEPS_ALL : KEEPS_FEWER);

/** Fills an account with tables and their recovery points, one for each of the last 25 slots. */
export const fillEstate = (account: SimAccount, { tables, isLatestFilled }: Estate): void => {
  const newest = isLatestFilled ? LATEST_SLOT : LATEST_SLOT - DAY_MS;
  const createdAt = LATEST_SLOT - 400 * DAY_MS;
  for (let at = 0; at < tables; at += 1)
    createTable(account, {
      name: tableName(at),
      tags: { 'backup:policy': policyOf(at) },
      pitr: true,
      createdAt,
    });
  for (let age = POINTS_EACH - 1; age >= 0; age -= 1) {
    const slot = newest - age * DAY_MS;
    for (let at = 0; at < tables; at += 1) {
      const name = recoveryPointName({ instance: 'prod', policy: policyOf(at), slot });
      createBackup(account, { table: tableName(at), name, createdAt: slot + 120_000 });
    }
  }
};
