import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint } from '../../support/vaults.ts';
import { LATEST_SLOT } from '../../support/world.ts';

export const example = (): Example =>
  inVaults({
    recoveryPoints: [aVaultPoint(), aVaultPoint({ status: 'expired', slot: LATEST_SLOT - 9 * DAY_MS })],
  });

describeHere(import.meta, 'recovery-points-not-deleted', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-not-deleted', example())).toMatchInlineSnapshot(`
      "
      warning recovery-points-not-deleted/Orders table=Orders
        AWS Backup tried to delete 1 recovery point of Orders and could not: 1.0 MB, the oldest of 2026-11-14 03:01 UTC. They are EXPIRED, are paid for, and count for nothing.
        1 EXPIRED (deleted) since 2026-11-23T05:00:00Z
        The role that they were made with lacks the right to delete them or is gone, or the service-linked role AWSServiceRoleForBackup is: put that right, and delete each. They may still be restored until then. The access policy of a vault that a deployment makes denies it to everybody but prune: save what the first command prints as policy.json, and put it back at the end. Where the first command finds no policy, only what stands between the policies is needed.
          aws backup get-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --query Policy --output text
          aws backup delete-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper
          aws backup delete-recovery-point --region eu-central-1 --backup-vault-name tablekeeper --recovery-point-arn ARN
          aws backup put-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --policy file://policy.json
      "
    `);
  });
});
