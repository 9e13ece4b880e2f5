import { expect, it } from 'vitest';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultJob } from '../../support/vaults.ts';

export const example = (): Example =>
  inVaults({
    jobs: [aVaultJob({ isOwn: false, plan: 'arn:aws:backup:eu-central-1:111122223333:backup-plan:nightly' })],
  });

describeHere(import.meta, 'also-backed-up', () => {
  it('reads so', () => {
    expect(textOf('also-backed-up', example())).toMatchInlineSnapshot(`
      "
      info also-backed-up/arn:aws:backup:eu-central-1:111122223333:backup-plan:nightly
        The backup plan nightly backs up Orders as well: each of its recovery points is a full, paid copy, and while its job has a table, no job of a policy begins.
        1 table in two hands (one) since 2026-11-23T05:00:00Z
        If it is not needed any more, take the tables out of its selection; one that comes from the organization is changed there. What it made counts for no policy. See the plan:
          aws backup get-backup-plan --region eu-central-1 --backup-plan-id nightly
      "
    `);
  });
});
