import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { dailyRecoveryPoints, tableIdOf } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { recoveryPoints: dailyRecoveryPoints(2) },
    {
      memory: {
        pitrBaselines: [],
        series: [
          {
            table: 'Orders',
            tableId: tableIdOf('Orders'),
            policy: 'standard',
            seen: dailyRecoveryPoints(7)
              .map(({ createdAt }) => createdAt)
              .toSorted((a, b) => a - b),
          },
        ],
      },
    },
  );

describeHere(import.meta, 'recovery-points-vanished', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-vanished', example())).toMatchInlineSnapshot(`
      "
      critical recovery-points-vanished/Orders/standard table=Orders policy=standard
        5 of 7 recovery points of Orders (policy standard) are gone and were not deleted by Tablekeeper: of 2026-11-17 03:01 UTC to 2026-11-21 03:01 UTC. 2 recovery points are left, the newest of 2026-11-23 03:01 UTC.
        5 gone (7 kept) since 2026-11-23T05:00:00Z
        Nothing brings them back. See who deleted them, stop that, and look at what is left:
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteBackup
          tablekeeper explain Orders
      "
    `);
  });
});
