import type { SimAccount } from '../account.ts';
import type { Caller } from '../call.ts';
import { enabledPitr } from './pitr.ts';
import type { Table } from './table.ts';

/** What point-in-time recovery of a table is to be. */
export interface PitrWish {
  readonly enabled: boolean;
  readonly recoveryPeriodDays?: number | undefined;
}

/** Switches point-in-time recovery and writes it to the ledger. */
export const changePitr = (account: SimAccount, table: Table, wish: PitrWish, by: Caller): void => {
  const now = account.clock.now();
  table.pitr = wish.enabled ? enabledPitr(table.pitr, now, wish.recoveryPeriodDays) : undefined;
  account.state.items.notePitr(table);
  account.state.ledger.write({
    kind: 'pitr-changed',
    at: now,
    tableName: table.name,
    tableId: table.id,
    enabled: wish.enabled,
    ...(table.pitr ? { recoveryPeriodDays: table.pitr.recoveryPeriodDays } : {}),
    by,
  });
};
