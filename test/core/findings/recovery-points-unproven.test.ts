import { expect, it } from 'vitest';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { unprovenPoint } from '../../support/vaults.ts';

export const example = (): Example => inVaults({ recoveryPoints: [unprovenPoint()] });

describeHere(import.meta, 'recovery-points-unproven', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-unproven', example())).toMatchInlineSnapshot(`
      "
      info recovery-points-unproven/Orders table=Orders
        1 recovery point of Orders in vaults was made with the role of this deployment, and nothing says for which policy and slot: kept, and counted for nothing.
        1 unproven (proved by a tag or a record) since 2026-11-23T05:00:00Z
        The record of their jobs was lost, or their tags are. They can be restored by hand and stay until someone deletes them:
          aws backup list-recovery-points-by-backup-vault --region eu-central-1 --backup-vault-name tablekeeper --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
