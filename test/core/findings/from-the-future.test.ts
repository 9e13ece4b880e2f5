import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ createdAt: NOW + 3 * HOUR_MS, slot: NOW + 3 * HOUR_MS })] });

describeHere(import.meta, 'from-the-future', () => {
  it('reads so', () => {
    expect(textOf('from-the-future', example())).toMatchInlineSnapshot(`
      "
      warning from-the-future/names
        1 recovery point carries the name of a slot that came only after the recovery point was made. What is named so counts for nothing and is kept: Orders: tablekeeper.prod.standard.20261123T080000Z.
        named 0 min ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Tablekeeper gives no such names: find out who made them, and delete them by hand once nobody needs them.

      warning from-the-future/recovery-points
        1 recovery point was created later than now, 2026-11-23 05:00 UTC, so one of two clocks is wrong and nothing is deleted: Orders: tablekeeper.prod.standard.20261123T080000Z.
        3 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Compare the clock of whatever runs Tablekeeper with the real time; in Lambda, open a case with AWS.
      "
    `);
  });
});
