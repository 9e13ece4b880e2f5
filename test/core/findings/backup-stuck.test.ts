import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ status: 'creating', createdAt: NOW - 8 * HOUR_MS })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('backup-stuck', seen(...given));

describeHere(import.meta, 'backup-stuck', () => {
  it('reads so of two of one table', () => {
    const status = 'creating' as const;
    const recoveryPoints = [
      aRecoveryPoint(),
      aRecoveryPoint({ status, slot: LATEST_SLOT - DAY_MS }),
      aRecoveryPoint({ status, slot: LATEST_SLOT - 2 * DAY_MS }),
    ];
    expect(seeing({ recoveryPoints })).toMatchInlineSnapshot(`
      "
      warning backup-stuck/Orders/standard table=Orders policy=standard
        2 recovery points of Orders under standard cannot be restored yet: in the making since 2026-11-21 03:01 UTC, 49 h; minutes are usual.
        CREATING for 49 h (made within 6 h) since 2026-11-21T03:01:00Z
        See the state of the table and of its backups; open a case with AWS if it lasts.
          aws dynamodb list-backups --region eu-central-1 --table-name Orders --backup-type USER
          aws dynamodb describe-table --region eu-central-1 --table-name Orders
      "
    `);
  });
});
