import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf, withAfterDeletion } from '../../support/kind-example.ts';
import { aRecoveryPoint, dailyRecoveryPoints, NOW, tableIdOf } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    {
      tableNames: ['Orders'],
      recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(3, { tableName: 'pr-12-orders' })],
    },
    {
      policies: withAfterDeletion(30),
      memory: {
        pitrBaselines: [],
        goneLookedAt: NOW - 6 * HOUR_MS,
        goneTables: [
          {
            goneTable: 'pr-12-orders',
            tableId: tableIdOf('pr-12-orders'),
            policies: ['standard'],
            since: NOW - 25 * DAY_MS,
          },
        ],
      },
    },
  );

describeHere(import.meta, 'deleted-table-ending', () => {
  it('reads so', () => {
    expect(textOf('deleted-table-ending', example())).toMatchInlineSnapshot(`
      "
      warning deleted-table-ending/pr-12-orders table=pr-12-orders
        Tablekeeper deletes the last 3 recovery points of pr-12-orders (3.0 MB) from 2026-11-30 05:00 UTC on: the table is gone since 2026-10-29 05:00 UTC, and afterDeletion of standard keeps them no longer. The newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC.
        3 ending (kept until 2026-11-30 05:00 UTC) since 2026-11-23T05:00:00Z
        Nothing has to be done if this is meant. To keep them, whatever the policy says:
          tablekeeper keep pr-12-orders
        Or restore the table:
          tablekeeper explain pr-12-orders
          aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name pr-12-orders --backup-arn arn:aws:dynamodb:eu-central-1:111122223333:table/pr-12-orders/backup/1795402860000-tablekeeper.prod.standard.20261123T030000Z
      "
    `);
  });
});
