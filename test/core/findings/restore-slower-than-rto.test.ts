import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { aDrill, aDrillState } from '../../support/drills.ts';
import { describeHere, type Example, inDrills, textOf } from '../../support/kind-example.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inDrills(
    aDrillState({
      past: [
        aDrill({
          acceptedAt: NOW - 2 * DAY_MS,
          unreadyAt: NOW - 2 * DAY_MS + 6.9 * HOUR_MS,
          activeAt: NOW - 2 * DAY_MS + 7 * HOUR_MS,
        }),
      ],
    }),
  );

describeHere(import.meta, 'restore-slower-than-rto', () => {
  it('reads so', () => {
    expect(textOf('restore-slower-than-rto', example())).toMatchInlineSnapshot(`
      "
      warning restore-slower-than-rto/Orders/standard table=Orders policy=standard
        A restore of Orders from the backup of 2026-11-21 04:00 UTC took 6 h to 7 h until its table could be used; policy standard promises 4 h (RTO).
        6 h (4 h) since 2026-11-21T12:00:00Z
        AWS gives no promise of how long a restore takes. Promise more time (rto), or restore without indexes and add them later; see the table and its size:
          tablekeeper explain Orders
      "
    `);
  });
});
