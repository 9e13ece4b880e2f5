import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable, PITR_OFF } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ pitr: PITR_OFF })] });

describeHere(import.meta, 'pitr-off', () => {
  it('reads so', () => {
    expect(textOf('pitr-off', example())).toMatchInlineSnapshot(`
      "
      critical pitr-off/Orders table=Orders needs=35 days
        Point-in-time recovery of Orders is off; standard promises 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        Switch it on and see who switched it off:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name Orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
      "
    `);
  });
});
