import { windowOf } from './pitr.ts';
import type { Table } from './table.ts';
import { seconds } from './wire-shapes.ts';

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

export const describeContinuousBackups = (table: Table, now: number): object => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: now < table.backupsReadyAt ? 'DISABLED' : 'ENABLED',
    PointInTimeRecoveryDescription: describePitr(table, now),
  },
});
