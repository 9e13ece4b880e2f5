import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, tables, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, dailyRecoveryPoints, LATEST_SLOT, someDetails } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tableNames: ['Orders'],
    recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(3, { tableName: 'Carts' })],
  });

const seeing = (...given: Parameters<typeof seen>): string =>
  textOf('recovery-points-of-lost-table', seen(...given));

describeHere(import.meta, 'recovery-points-of-lost-table', () => {
  it('reads so of tables that are gone or were made again, and of a policy that is gone', () => {
    const given = {
      tables: tables({ details: someDetails('Orders', { tableId: 'made-again' }) }),
      tableNames: ['Orders', 'Users'],
      recoveryPoints: [
        aRecoveryPoint({ tableId: 'made-again' }),
        aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Gone', sizeBytes: 3_000_000 }),
        aRecoveryPoint({ tableName: 'Gone', slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Users' }),
        aRecoveryPoint({ tableName: 'Opted', policy: 'retired' }),
        aRecoveryPoint({ policy: 'retired', tableId: 'made-again', sizeBytes: 2_500_000 }),
      ],
    };
    expect(seeing(given)).toMatchInlineSnapshot(`
      "
      info recovery-points-of-lost-table/Gone table=Gone
        Gone was deleted; 2 recovery points of the former table (4.0 MB) are kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC.
        2 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Gone
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info recovery-points-of-lost-table/Opted table=Opted
        Opted was deleted; 1 recovery point of the former table (1.0 MB) is kept, the newest: tablekeeper.prod.retired.20261123T030000Z of 2026-11-23 03:01 UTC.
        1 recovery point (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper does not delete them: retired is not in the policy file. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Opted
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info recovery-points-of-lost-table/Orders table=Orders
        Orders was deleted and made again; 1 recovery point of the former table (1.0 MB) is kept, the newest: tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC.
        1 recovery point (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Orders
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
      "
    `);
  });
});
