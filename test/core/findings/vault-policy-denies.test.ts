import { expect, it } from 'vitest';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { denying } from '../../support/vault-facts.ts';
import { VAULT_ARN } from '../../support/vaults.ts';

export const example = (): Example =>
  preflighted({
    policies: [{ arn: VAULT_ARN, seen: { kind: 'found', value: denying('backup:StartBackupJob') } }],
  });

describeHere(import.meta, 'vault-policy-denies', () => {
  it('reads so', () => {
    expect(textOf('vault-policy-denies', example())).toMatchInlineSnapshot(`
      "
      critical vault-policy-denies/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper/use
        The access policy of the backup vault tablekeeper denies backup:StartBackupJob, which standard needs.
        backup:StartBackupJob denied (not denied) since 2026-11-23T05:00:00Z
        Take it out of the policy, or except this account. See what it says:
          aws backup get-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper
      "
    `);
  });
});
