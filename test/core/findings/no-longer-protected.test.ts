import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, aTable, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { tables: [aTable({ name: 'Carts' })], tableNames: ['Carts', 'Orders'] },
    {
      memory: {
        coverage: { tables: 2, seenAt: NOW - HOUR_MS },
        pitrBaselines: [],
        protections: [
          {
            table: 'Orders',
            promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35, until: NOW - 3 * DAY_MS }],
          },
        ],
      },
    },
  );

const seeing = (...given: Parameters<typeof seen>): string => textOf('no-longer-protected', seen(...given));

describeHere(import.meta, 'no-longer-protected', () => {
  it('reads so where the tag is gone, which nobody remembers', () => {
    const given = {
      tableNames: ['Orders', 'Users'],
      recoveryPoints: [aRecoveryPoint(), aRecoveryPoint({ tableName: 'Users' })],
    };
    expect(seeing(given)).toMatchInlineSnapshot(`
      "
      warning no-longer-protected/Users/standard table=Users policy=standard cause=its tag is gone needs=standard
        Users is no longer backed up: its tag backup:policy named standard until 2026-11-23 03:01 UTC, and is gone. Its newest recovery point is of 2026-11-23 03:01 UTC, 1 h old; standard promised at most 26 h.
        1 h old, and no new one (at most 26 h old, PITR of 35 days) since 2026-11-23T03:01:00Z
        Bring the tag back, and see who changed it:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Users --tags Key=backup:policy,Value=standard
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Users
        If it is meant, say so, and nothing more is reported:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Users --tags Key=backup:policy,Value=none
      "
    `);
  });
});
