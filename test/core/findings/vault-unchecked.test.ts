import { expect, it } from 'vitest';
import { DENIED, describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { JOB_ROLE } from '../../support/vault-facts.ts';

export const example = (): Example =>
  preflighted({ jobRole: { arn: JOB_ROLE, seen: { kind: 'unreadable', failure: DENIED } } });

describeHere(import.meta, 'vault-unchecked', () => {
  it('reads so', () => {
    expect(textOf('vault-unchecked', example())).toMatchInlineSnapshot(`
      "
      warning vault-unchecked cause=CreateBackup: AccessDeniedException errorName=AccessDeniedException denials=[object Object]
        It could not be checked whether jobs of AWS Backup will work: the role of jobs arn:aws:iam::111122223333:role/tablekeeper-prod-eu-central-1-vault could not be read: CreateBackup: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-backup/tablekeeper-prod-backup is not authorized to perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Orders.
        1 thing unknown (checked) since 2026-11-23T05:00:00Z
        Check that the role may call backup:ListBackupVaults, backup:GetBackupVaultAccessPolicy, backup:DescribeRegionSettings, backup:DescribeGlobalSettings, kms:DescribeKey and iam:GetRole. Jobs go on meanwhile, and those that fail are reported.
      "
    `);
  });
});
