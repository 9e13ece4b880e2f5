import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable, someDetails } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tables: [aTable({ details: someDetails('Orders', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }) })],
  });

describeHere(import.meta, 'table-inaccessible', () => {
  it('reads so', () => {
    expect(textOf('table-inaccessible', example())).toMatchInlineSnapshot(`
      "
      critical table-inaccessible/Orders table=Orders cause=INACCESSIBLE_ENCRYPTION_CREDENTIALS
        Orders is INACCESSIBLE_ENCRYPTION_CREDENTIALS and cannot be backed up: its KMS key cannot be used; after seven days DynamoDB archives the table into a backup, and a replica leaves its global table after 20 hours.
        INACCESSIBLE_ENCRYPTION_CREDENTIALS (ACTIVE) since 2026-11-23T05:00:00Z
        Bring the key back: enable it, cancel its deletion, or give its policy back to DynamoDB. See which key:
          aws dynamodb describe-table --region eu-central-1 --table-name Orders
      "
    `);
  });
});
