import { expect, it } from 'vitest';
import { aRepair } from '../../support/attempts.ts';
import { describeHere, type Example, seen, tables, textOf } from '../../support/kind-example.ts';
import { aPolicy, aRecoveryPoint, aTable, PITR_OFF, somePolicies } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ pitr: PITR_OFF })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('pitr-off', seen(...given));

describeHere(import.meta, 'pitr-off', () => {
  it('reads so, also where the run switches it on', () => {
    const repairs = [aRepair({ table: 'b' })];
    const two = somePolicies({
      policies: [aPolicy(), aPolicy({ name: 'week', pitr: { recoveryPeriodDays: 7, onDrift: 'repair' } })],
    });
    const off = tables(
      { name: 'a', pitr: PITR_OFF, tags: { 'backup:policy': 'standard+week' } },
      { name: 'b', pitr: PITR_OFF },
    );
    const recoveryPoints = ['a', 'b'].flatMap((tableName) => [
      aRecoveryPoint({ tableName }),
      aRecoveryPoint({ tableName, policy: 'week' }),
    ]);
    const given = { tables: off, recoveryPoints: recoveryPoints.slice(0, 3) };
    expect(seeing(given, { policies: two, plannedRepairs: repairs })).toMatchInlineSnapshot(`
      "
      critical pitr-off/a table=a needs=35 days
        Point-in-time recovery of a is off; standard and week promise 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        Switch it on and see who switched it off:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name a --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=a

      info pitr-off/b table=b needs=nothing, this run switches it on again
        Point-in-time recovery of b is off; standard promises 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        No run has seen it on before, and this one switches it on.
      "
    `);
  });
});
