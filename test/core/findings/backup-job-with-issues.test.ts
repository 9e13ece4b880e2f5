import { expect, it } from 'vitest';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultJob, aVaultPoint } from '../../support/vaults.ts';

export const example = (): Example =>
  inVaults({
    jobs: [
      aVaultJob({
        state: 'completed',
        cause: 'tags',
        message: 'We are unable to copy resource tags to your backup because of the Internal Failure.',
        recoveryPointId: aVaultPoint().id,
      }),
    ],
    recoveryPoints: [aVaultPoint()],
  });

describeHere(import.meta, 'backup-job-with-issues', () => {
  it('reads so', () => {
    expect(textOf('backup-job-with-issues', example())).toMatchInlineSnapshot(`
      "
      warning backup-job-with-issues/Orders/standard table=Orders policy=standard cause=backup job: tags needs=tags
        The newest job of AWS Backup for Orders under standard, job-1, completed with issues: "We are unable to copy resource tags to your backup because of the Internal Failure.".
        completed with issues (completed) since 2026-11-23T03:01:00Z
        The table has more tags than a recovery point takes, 50, or they could not be read: take some away, or let the role of the jobs read them. The recovery point is there and counts; whether it lacks something, only a restore shows. The recovery point is owned all the same, by the record of its job. Without that record it would be unproven, so give it back the tag that says whose it is:
          aws backup tag-resource --region eu-central-1 --resource-arn arn:aws:backup:eu-central-1:111122223333:recovery-point:Orders-standard-1795402800000 --tags tablekeeper:recovery-point=1/111122223333/eu-central-1/tablekeeper/tablekeeper.prod.standard.20261123T030000Z/id-of-Orders
          aws backup list-backup-jobs --region eu-central-1 --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
