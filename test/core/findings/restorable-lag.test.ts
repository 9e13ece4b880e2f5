import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aPitr, aTable, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable({ pitr: aPitr({ latestRestorableAt: NOW - 50 * MINUTE_MS }) })] });

describeHere(import.meta, 'restorable-lag', () => {
  it('reads so', () => {
    expect(textOf('restorable-lag', example())).toMatchInlineSnapshot(`
      "
      warning restorable-lag/Orders table=Orders
        Orders can be restored up to 2026-11-23 04:10 UTC, which is 50 min behind; 5 min are usual.
        50 min (15 min) since 2026-11-23T04:10:00Z
        Look at the state of the table and its key, and at the AWS Health Dashboard; open a case if it lasts.
          aws dynamodb describe-table --region eu-central-1 --table-name Orders
      "
    `);
  });
});
