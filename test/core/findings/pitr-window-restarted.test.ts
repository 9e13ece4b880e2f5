import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
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

const seeing = (...given: Parameters<typeof seen>): string => textOf('pitr-window-restarted', seen(...given));

describeHere(import.meta, 'pitr-window-restarted', () => {
  it('reads so', () => {
    const some = tables({ name: 'c', pitr: aPitr({ earliestRestorableAt: NOW - 3 * DAY_MS }) });
    const before = { table: 'c', tableId: 'id-of-c', earliestRestorableAt: NOW - 35 * DAY_MS };
    const memory = { pitrBaselines: [{ ...before, recoveryPeriodDays: 35 }] };
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) }, { memory })).toMatchInlineSnapshot(`
      "
      warning pitr-window-restarted/c table=c
        c can be restored no further back than 2026-11-20 05:00 UTC (3 days ago): point-in-time recovery was switched off and on again, or kept for fewer days for a while; standard promises 35 days.
        3 days (35 days) since 2026-11-20T05:00:00Z
        What lay before is lost to PITR; keep older recovery points until the window has grown back. See who did it:
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=c
      "
    `);
  });
});
