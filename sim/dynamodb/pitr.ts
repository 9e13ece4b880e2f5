import type { SimAccount } from '../account.ts';
import type { Caller } from '../call.ts';
import type { PitrSetting, Table } from './table.ts';
import { seconds } from './table-shape.ts';

const DAY_MS = 86_400_000;
/** The newest restorable moment lies about five minutes back. */
export const LATEST_LAG_MS = 300_000;

const DEFAULT_PERIOD_DAYS = 35;

interface RestorableWindow {
  readonly earliest: number;
  readonly latest: number;
}

export const windowOf = (pitr: PitrSetting, now: number, lagMs = LATEST_LAG_MS): RestorableWindow => ({
  earliest: Math.max(pitr.enabledAt, pitr.floor, now - pitr.recoveryPeriodDays * DAY_MS),
  latest: Math.max(pitr.enabledAt, now - lagMs),
});

/** Switches it on, or on again. The window starts again after it was off; the period is kept only while it is on. */
export const enabledPitr = (
  current: PitrSetting | undefined,
  now: number,
  recoveryPeriodDays?: number,
): PitrSetting => {
  if (!current) {
    return { enabledAt: now, floor: now, recoveryPeriodDays: recoveryPeriodDays ?? DEFAULT_PERIOD_DAYS };
  }
  return {
    enabledAt: current.enabledAt,
    floor: windowOf(current, now).earliest,
    recoveryPeriodDays: recoveryPeriodDays ?? current.recoveryPeriodDays,
  };
};

const describePitr = (table: Table, now: number): object => {
  if (!table.pitr) return { PointInTimeRecoveryStatus: 'DISABLED' };
  const { earliest, latest } = windowOf(table.pitr, now, table.pitrLagMs);
  return {
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: table.pitr.recoveryPeriodDays,
    EarliestRestorableDateTime: seconds(earliest),
    LatestRestorableDateTime: seconds(latest),
  };
};

export const continuousBackupsShape = (table: Table, now: number): object => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: now < table.backupsReadyAt ? 'DISABLED' : 'ENABLED',
    PointInTimeRecoveryDescription: describePitr(table, now),
  },
});

/** What point-in-time recovery of a table is to be. */
interface PitrWish {
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
