import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { aPitr, aTable, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable({ pitr: aPitr({ latestRestorableAt: NOW - 50 * MINUTE_MS }) })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('restorable-lag', seen(...given));

describeHere(import.meta, 'restorable-lag', () => {
  it('reads so', () => {
    const some = tables({ name: 'd', pitr: aPitr({ latestRestorableAt: NOW - 16 * MINUTE_MS }) });
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) })).toMatchInlineSnapshot(`
      "
      warning restorable-lag/d table=d
        d can be restored up to 2026-11-23 04:44 UTC, which is 16 min behind; 5 min are usual.
        16 min (15 min) since 2026-11-23T04:44:00Z
        Look at the state of the table and its key, and at the AWS Health Dashboard; open a case if it lasts.
          aws dynamodb describe-table --region eu-central-1 --table-name d
      "
    `);
  });
});
