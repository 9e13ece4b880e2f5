import { expect, it } from 'vitest';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultJob } from '../../support/vaults.ts';

export const example = (): Example =>
  inVaults({
    jobs: [aVaultJob({ state: 'failed', cause: 'internal', message: 'An internal error occurred.' })],
  });

describeHere(import.meta, 'backup-job-failed', () => {
  it('reads so', () => {
    expect(textOf('backup-job-failed', example())).toMatchInlineSnapshot(`
      "
      warning backup-job-failed/Orders/standard table=Orders policy=standard cause=backup job: internal needs=internal
        1 job of AWS Backup for Orders under standard, slot 2026-11-23 03:00 UTC, came to nothing. The last one, job-1, is FAILED: "An internal error occurred.".
        1 job lost (one recovery point for each slot) since 2026-11-23T03:01:00Z
        AWS Backup failed by itself. If it lasts, see the AWS Health Dashboard. AWS Backup repeats no job that failed; another one is begun by a later run, at once or a day later.
          aws backup list-backup-jobs --region eu-central-1 --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
