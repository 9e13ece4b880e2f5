import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, textOf, underKey } from '../../support/kind-example.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  underKey({
    kind: 'found',
    value: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 30 * DAY_MS },
  });

describeHere(import.meta, 'backup-key-ending', () => {
  it('reads so', () => {
    expect(textOf('backup-key-ending', example())).toMatchInlineSnapshot(`
      "
      critical backup-key-ending/Orders/arn:aws:kms:eu-central-1:111122223333:key/orders-2025 table=Orders
        1 recovery point of Orders, made 2026-11-23 03:01 UTC, needs the key arn:aws:kms:eu-central-1:111122223333:key/orders-2025. KMS deletes that key on 2026-12-23 05:00 UTC. Nothing that needs it can be restored while it waits for its deletion, and nothing ever again after it.
        key deleted on 2026-12-23 05:00 UTC, 1 recovery point (restorable) since 2026-11-23T05:00:00Z
        If it is meant, nothing has to be done: delete what cannot be restored then, or let it expire. Otherwise take the deletion back before that day, and enable the key:
          aws kms cancel-key-deletion --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/orders-2025
          aws kms enable-key --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/orders-2025
      "
    `);
  });
});
