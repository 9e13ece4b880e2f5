import { expect, it } from 'vitest';
import { DENIED, describeHere, type Example, textOf, underKey } from '../../support/kind-example.ts';

export const example = (): Example => underKey({ kind: 'unreadable', failure: DENIED });

describeHere(import.meta, 'backup-keys-unchecked', () => {
  it('reads so', () => {
    expect(textOf('backup-keys-unchecked', example())).toMatchInlineSnapshot(`
      "
      info backup-keys-unchecked cause=CreateBackup: AccessDeniedException errorName=AccessDeniedException denials=[object Object]
        It is not known whether 1 key that recovery points need can be used: arn:aws:kms:eu-central-1:111122223333:key/orders-2025 could not be read: CreateBackup: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-backup/tablekeeper-prod-backup is not authorized to perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Orders.
        1 key unknown (checked) since 2026-11-23T05:00:00Z
        Check that the state table is there and that the role may read it, and that it may call kms:DescribeKey. Until then nobody is alerted when such a key is disabled or about to be deleted. See it yourself:
          aws kms describe-key --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/orders-2025
      "
    `);
  });
});
