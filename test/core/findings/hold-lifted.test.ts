import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { dailyRecoveryPoints, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { recoveryPoints: dailyRecoveryPoints(20) },
    {
      memory: {
        pitrBaselines: [],
        protections: [
          {
            table: 'Orders',
            promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35 }],
            hold: { liftedAt: NOW - HOUR_MS },
          },
        ],
      },
    },
  );

describeHere(import.meta, 'hold-lifted', () => {
  it('reads so', () => {
    expect(textOf('hold-lifted', example())).toMatchInlineSnapshot(`
      "
      warning hold-lifted/Orders table=Orders cause=no hold any more
        The hold of Orders is gone since 2026-11-23 04:00 UTC: 13 recovery points expire from 2026-11-24 05:00 UTC on, unless it is set again.
        no backup:hold (backup:hold = true, as before) since 2026-11-23T04:00:00Z
        Nothing has to be done if this is meant; with backup:hold = false they expire at the next prune. To keep them, set the hold again:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tags Key=backup:hold,Value=true
      "
    `);
  });
});
