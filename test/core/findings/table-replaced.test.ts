import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable, dailyRecoveryPoints, NOW, someDetails, tableIdOf } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    {
      tables: [
        aTable({ details: someDetails('Orders', { tableId: 'made-again', createdAt: NOW - MINUTE_MS }) }),
      ],
      recoveryPoints: dailyRecoveryPoints(7),
      systemBackups: {
        items: [
          {
            id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01795410000000-7f2c11aa',
            name: 'Orders$DeletedTableBackup',
            tableName: 'Orders',
            tableId: tableIdOf('Orders'),
            createdAt: NOW - 2 * MINUTE_MS,
            expiresAt: NOW + 35 * DAY_MS - 2 * MINUTE_MS,
          },
        ],
      },
    },
    {
      memory: {
        pitrBaselines: [],
        protections: [
          {
            table: 'Orders',
            tableId: tableIdOf('Orders'),
            promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35 }],
          },
        ],
      },
    },
  );

describeHere(import.meta, 'table-replaced', () => {
  it('reads so', () => {
    expect(textOf('table-replaced', example())).toMatchInlineSnapshot(`
      "
      warning table-replaced/Orders table=Orders needs=arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01795410000000-7f2c11aa
        Orders, which a policy keeps, was deleted and made again at 2026-11-23 04:59 UTC: the items of the former table are not in it, unless they were restored. 7 recovery points are kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC. DynamoDB's own SYSTEM backup Orders$DeletedTableBackup, of the last moment, lives until 2026-12-28 04:58 UTC.
        deleted and made again (kept recoverable) since 2026-11-23T04:59:00Z
        If nobody meant it, restore the former table under another name, bring its items over, and see who replaced it:
          aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name Orders-former --backup-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01795410000000-7f2c11aa
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
      "
    `);
  });
});
