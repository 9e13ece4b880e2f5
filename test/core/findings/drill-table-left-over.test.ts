import { expect, it } from 'vitest';
import { drillContext } from '../../support/drills.ts';
import { describeHere, type Example, exampleIn, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  exampleIn(
    drillContext([], { tableNames: ['Orders', 'tablekeeper-drill.prod.Orders.1x2y3z.20261120-031500'] }),
  );

describeHere(import.meta, 'drill-table-left-over', () => {
  it('reads so', () => {
    expect(textOf('drill-table-left-over', example())).toMatchInlineSnapshot(`
      "
      warning drill-table-left-over
        1 table with the name of a drill is there and no drill is at work on it: tablekeeper-drill.prod.Orders.1x2y3z.20261120-031500.
        1 left over (none) since 2026-11-23T05:00:00Z
        A drill deletes only what it made, by name and id, and this could not be proved. Look at each, and delete what nobody needs; deletion protection, where it is on, has to be switched off first:
          aws dynamodb describe-table --region eu-central-1 --table-name tablekeeper-drill.prod.Orders.1x2y3z.20261120-031500
          aws dynamodb delete-table --region eu-central-1 --table-name tablekeeper-drill.prod.Orders.1x2y3z.20261120-031500
      "
    `);
  });
});
