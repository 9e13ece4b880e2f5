import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ slot: NOW - 30 * HOUR_MS, createdAt: NOW - 30 * HOUR_MS })] });

describeHere(import.meta, 'recovery-point-overdue', () => {
  it('reads so', () => {
    expect(textOf('recovery-point-overdue', example())).toMatchInlineSnapshot(`
      "
      warning recovery-point-overdue/Orders/standard table=Orders policy=standard cause=no backup was made
        The newest recovery point of Orders under standard is of 2026-11-21 23:00 UTC, 30 h old; the policy promises at most 26 h.
        30 h old (at most 26 h old) since 2026-11-23T01:24:00Z
        See why no newer one was made:
          tablekeeper explain Orders
          tablekeeper run backup
      "
    `);
  });
});
