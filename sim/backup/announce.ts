import type { SimAccount } from '../account.ts';
import type { BackupEvent } from './events.ts';

/** AWS Backup hands events on every five minutes. */
const FLUSH_MS = 5 * 60_000;

/** Sends an event to EventBridge. `console/backup.ts` reads them; nothing is delivered. */
export const announce = (
  account: SimAccount,
  at: number,
  detailType: string,
  resources: readonly string[],
  detail: BackupEvent['detail'],
): void => {
  account.state.backup.events.push({
    id: account.state.requestIds.uuid(),
    deliveredAt: Math.ceil((at + 1) / FLUSH_MS) * FLUSH_MS,
    source: 'aws.backup',
    account: account.accountId,
    region: account.region,
    time: new Date(at).toISOString(),
    'detail-type': detailType,
    resources,
    detail,
  });
};
