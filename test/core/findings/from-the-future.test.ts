import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ createdAt: NOW + 3 * HOUR_MS, slot: NOW + 3 * HOUR_MS })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('from-the-future', seen(...given));

describeHere(import.meta, 'from-the-future', () => {
  it('reads so of an event, of names and of recovery points', () => {
    const recoveryPoints = [
      aRecoveryPoint(),
      aRecoveryPoint({ name: 'by-hand', createdAt: NOW + HOUR_MS, id: 'by-hand' }),
      aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS, createdAt: NOW - 30 * HOUR_MS }),
    ];
    expect(seeing({ recoveryPoints }, { eventTime: NOW + 2 * DAY_MS })).toMatchInlineSnapshot(`
      "
      warning from-the-future/event
        The event that started this run is of 2026-11-25 05:00 UTC, while it is 2026-11-23 05:00 UTC here: nothing is deleted.
        48 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Find out who sent the event: the schedules of EventBridge send none of the future.

      warning from-the-future/names
        1 recovery point carries the name of a slot that came only after the recovery point was made. What is named so counts for nothing and is kept: Orders: tablekeeper.prod.standard.20261122T030000Z.
        named 4 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Tablekeeper gives no such names: find out who made them, and delete them by hand once nobody needs them.

      warning from-the-future/recovery-points
        1 recovery point was created later than now, 2026-11-23 05:00 UTC, so one of two clocks is wrong and nothing is deleted: Orders: by-hand.
        1 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Compare the clock of whatever runs Tablekeeper with the real time; in Lambda, open a case with AWS.
      "
    `);
  });
});
