import type { TableStatus } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from './account.ts';
import { tableOf } from './console.ts';

/** What befalls tables from outside. */

/** Shows another status, such as INACCESSIBLE_ENCRYPTION_CREDENTIALS; undefined shows the true one again. Nothing else changes. */
export const setStatus = (account: SimAccount, name: string, status: TableStatus | undefined): void => {
  tableOf(account, name).shownStatus = status;
};

/** Holds the newest restorable moment that far back; five minutes is usual. */
export const setPitrLag = (account: SimAccount, name: string, lagMs: number): void => {
  tableOf(account, name).pitrLagMs = lagMs;
};
