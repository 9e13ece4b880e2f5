import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aPitr, aTable, NOW, tableIdOf } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { tables: [aTable({ pitr: aPitr({ earliestRestorableAt: NOW - 2 * HOUR_MS }) })] },
    {
      memory: {
        pitrBaselines: [
          {
            table: 'Orders',
            tableId: tableIdOf('Orders'),
            earliestRestorableAt: NOW - 35 * DAY_MS - HOUR_MS,
            recoveryPeriodDays: 35,
          },
        ],
      },
    },
  );

describeHere(import.meta, 'pitr-window-restarted', () => {
  it('reads so', () => {
    expect(textOf('pitr-window-restarted', example())).toMatchInlineSnapshot(`
      "
      warning pitr-window-restarted/Orders table=Orders
        Orders can be restored no further back than 2026-11-23 03:00 UTC (2 h ago): point-in-time recovery was switched off and on again, or kept for fewer days for a while; standard promises 35 days.
        2 h (35 days) since 2026-11-23T03:00:00Z
        What lay before is lost to PITR; keep older recovery points until the window has grown back. See who did it:
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
      "
    `);
  });
});
