import { expect, it } from 'vitest';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { MADE_VAULT } from '../../support/vault-facts.ts';

export const example = (): Example => preflighted({ made: MADE_VAULT });

describeHere(import.meta, 'vault-unguarded', () => {
  it('reads so', () => {
    expect(textOf('vault-unguarded', example())).toMatchInlineSnapshot(`
      "
      critical vault-unguarded/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper/lock
        The lock of the backup vault tablekeeper, which the deployment put on it, is gone: people with rights can delete what is in it.
        no lock (governance, at least 7 days) since 2026-11-23T05:00:00Z
        If it is meant, deploy with vaultLock=none. See in CloudTrail who did it. To put it back:
          aws backup put-backup-vault-lock-configuration --region eu-central-1 --backup-vault-name tablekeeper --min-retention-days 7

      warning vault-unguarded/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper/policy
        The access policy of the backup vault tablekeeper, by which only prune deletes, is gone: whoever has the right can delete what is in it.
        no access policy (only prune deletes) since 2026-11-23T05:00:00Z
        Somebody may have taken it away to delete something by hand, and forgotten it. See in CloudTrail who did it. To put it back:
          aws backup put-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --policy '{"Version":"2012-10-17","Statement":[{"Sid":"OnlyPruneDeletes","Effect":"Deny","Principal":{"AWS":"*"},"Action":["backup:DeleteRecoveryPoint","backup:UpdateRecoveryPointLifecycle"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/tablekeeper-prod-PruneRole-*"]}}}]}'
      "
    `);
  });
});
