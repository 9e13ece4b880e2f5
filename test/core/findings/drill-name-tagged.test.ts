import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable(), aTable({ name: 'tablekeeper-drill.invoices' })] });

describeHere(import.meta, 'drill-name-tagged', () => {
  it('reads so', () => {
    expect(textOf('drill-name-tagged', example())).toMatchInlineSnapshot(`
      "
      warning drill-name-tagged
        1 table is tagged for backups and gets none: a name that begins with tablekeeper-drill. is one of a drill, which deletes its tables. tablekeeper-drill.invoices.
        1 not backed up (backups of every tagged table) since 2026-11-23T05:00:00Z
        Look at each. Restore what is needed to another name; set the tag of the rest to none:
          aws dynamodb describe-table --region eu-central-1 --table-name tablekeeper-drill.invoices
      "
    `);
  });
});
