import { expect, it } from 'vitest';
import { aDrill, aDrillState } from '../../support/drills.ts';
import { describeHere, type Example, inDrills, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  inDrills(
    aDrillState({
      past: [
        aDrill({
          result: 'failed',
          checks: [
            { name: 'schema', verdict: 'passed', found: 'pk (HASH)' },
            { name: 'items', verdict: 'failed', expected: '100 items', found: '0 items' },
          ],
        }),
      ],
    }),
  );

describeHere(import.meta, 'drill-failed', () => {
  it('reads so', () => {
    expect(textOf('drill-failed', example())).toMatchInlineSnapshot(`
      "
      critical drill-failed/Orders/standard table=Orders policy=standard
        A drill of Orders (policy standard) from the backup of 2026-11-21 04:00 UTC failed: items: expected 100 items, found 0 items.
        not as it was (a restore that can be used) since 2026-11-21T07:00:00Z
        Read what the drill did. It is tried again the next day; if it fails again, restore the table by hand to another name and look at it.
          aws logs tail /aws/lambda/tablekeeper-prod-drill --since 1d
      "
    `);
  });
});
