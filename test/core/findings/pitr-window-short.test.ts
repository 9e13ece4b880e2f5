import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aPitr, aTable } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ pitr: aPitr({ recoveryPeriodDays: 7 }) })] });

describeHere(import.meta, 'pitr-window-short', () => {
  it('reads so', () => {
    expect(textOf('pitr-window-short', example())).toMatchInlineSnapshot(`
      "
      warning pitr-window-short/Orders table=Orders needs=35 days
        Point-in-time recovery of Orders keeps 7 days; standard promises 35 days.
        7 days (35 days) since 2026-11-23T05:00:00Z
        Set the period again:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name Orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
      "
    `);
  });
});
