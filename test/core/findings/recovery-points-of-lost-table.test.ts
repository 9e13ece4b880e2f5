import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, dailyRecoveryPoints } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tableNames: ['Orders'],
    recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(3, { tableName: 'Carts' })],
  });

describeHere(import.meta, 'recovery-points-of-lost-table', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-of-lost-table', example())).toMatchInlineSnapshot(`
      "
      info recovery-points-of-lost-table/Carts table=Carts
        Carts was deleted; 3 recovery points of the former table (3.0 MB) are kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC.
        3 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Carts
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
      "
    `);
  });
});
