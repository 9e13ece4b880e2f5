import { expect, it } from 'vitest';
import { describeHere, type Example, textOf, underKey } from '../../support/kind-example.ts';

export const example = (): Example =>
  underKey({ kind: 'found', value: { state: 'disabled', word: 'Disabled' } });

describeHere(import.meta, 'backup-key-unusable', () => {
  it('reads so', () => {
    expect(textOf('backup-key-unusable', example())).toMatchInlineSnapshot(`
      "
      critical backup-key-unusable/Orders/arn:aws:kms:eu-central-1:111122223333:key/orders-2025 table=Orders
        1 recovery point of Orders, made 2026-11-23 03:01 UTC, needs the key arn:aws:kms:eu-central-1:111122223333:key/orders-2025. That key is disabled: nothing that needs it can be restored until it is enabled.
        key disabled, 1 recovery point (restorable) since 2026-11-23T05:00:00Z
        See in CloudTrail who disabled it, and enable it:
          aws kms enable-key --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/orders-2025
      "
    `);
  });
});
