import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ status: 'creating', createdAt: NOW - 8 * HOUR_MS })] });

describeHere(import.meta, 'backup-stuck', () => {
  it('reads so', () => {
    expect(textOf('backup-stuck', example())).toMatchInlineSnapshot(`
      "
      warning backup-stuck/Orders/standard table=Orders policy=standard
        1 recovery point of Orders under standard cannot be restored yet: in the making since 2026-11-22 21:00 UTC, 8 h; minutes are usual.
        CREATING for 8 h (made within 6 h) since 2026-11-22T21:00:00Z
        See the state of the table and of its backups; open a case with AWS if it lasts.
          aws dynamodb list-backups --region eu-central-1 --table-name Orders --backup-type USER
          aws dynamodb describe-table --region eu-central-1 --table-name Orders
      "
    `);
  });
});
