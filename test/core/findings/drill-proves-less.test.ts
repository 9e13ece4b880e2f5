import { expect, it } from 'vitest';
import { aDrill, aDrillState } from '../../support/drills.ts';
import { describeHere, type Example, inDrills, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  inDrills(
    aDrillState({
      past: [aDrill({ level: 'described', askedLevel: 'restored', sizeBytes: 120_000_000_000 })],
    }),
  );

describeHere(import.meta, 'drill-proves-less', () => {
  it('reads so', () => {
    expect(textOf('drill-proves-less', example())).toMatchInlineSnapshot(`
      "
      warning drill-proves-less/Orders/standard table=Orders policy=standard
        Drills of Orders go no further than described, and policy standard asks for restored: it has 120 GB, and maxSizeGb allows 50 GB. No item of it was read. The next one is due 2026-11-28 05:00 UTC.
        described (restored) since 2026-11-21T07:00:00Z
        Raise maxSizeGb, which costs what a restore of the table costs, or promise point-in-time recovery where the level is sampled, or write level: described if that is meant. See the table:
          tablekeeper explain Orders
      "
    `);
  });
});
