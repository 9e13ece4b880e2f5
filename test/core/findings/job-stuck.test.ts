import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultJob } from '../../support/vaults.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults({ jobs: [aVaultJob({ state: 'running', createdAt: NOW - 3 * DAY_MS })] });

describeHere(import.meta, 'job-stuck', () => {
  it('reads so', () => {
    expect(textOf('job-stuck', example())).toMatchInlineSnapshot(`
      "
      warning job-stuck/Orders table=Orders needs=backup running
        The backup job job-1 of Orders is running since 2026-11-20 05:00 UTC, for 3 days.
        3 days in one state (begun and ended) since 2026-11-20T05:00:00Z
        See what else has the table, and ask AWS Support if it lasts:
          aws backup list-backup-jobs --region eu-central-1 --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
