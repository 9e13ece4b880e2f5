import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aCopyJob, aVaultPoint, DR } from '../../support/vaults.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults(
    {
      recoveryPoints: [aVaultPoint()],
      jobs: [
        aCopyJob({
          ...{ state: 'failed', cause: 'destination', endedAt: NOW - HOUR_MS },
          message: 'Access Denied trying to call AWS Backup service',
        }),
      ],
    },
    [{ vaultArn: DR }],
  );

describeHere(import.meta, 'copy-failing', () => {
  it('reads so', () => {
    expect(textOf('copy-failing', example())).toMatchInlineSnapshot(`
      "
      warning copy-failing/Orders/standard/arn:aws:backup:eu-west-1:111122223333:backup-vault:dr table=Orders policy=standard cause=copy job: destination needs=destination
        1 copy of Orders under standard to dr in eu-west-1 of account 111122223333 is not made: 1 attempt came to nothing. The last job, copy-1, of the recovery point of 2026-11-23 03:01 UTC, is FAILED: "Access Denied trying to call AWS Backup service". No recovery point of Orders under standard is in dr in eu-west-1 of account 111122223333, and one is owed since 2026-11-23 03:01 UTC.
        none there (a copy of each recovery point that the policy copies) since 2026-11-23T04:00:00Z
        The access policy of the destination vault has to allow backup:CopyIntoBackupVault to this account, and the role of the jobs has to be allowed it on that vault. Another attempt is begun by a later backup run, at once or a day later; what is not copied yet is not expired by Tablekeeper meanwhile.
          tablekeeper explain Orders
          aws backup list-copy-jobs --region eu-central-1 --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
