import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint, DR } from '../../support/vaults.ts';
import { LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults(
    { recoveryPoints: [aVaultPoint({ createdAt: NOW - 3 * DAY_MS, slot: LATEST_SLOT - 3 * DAY_MS })] },
    [{ vaultArn: DR }],
  );

describeHere(import.meta, 'copy-overdue', () => {
  it('reads so', () => {
    expect(textOf('copy-overdue', example())).toMatchInlineSnapshot(`
      "
      warning copy-overdue/Orders/standard/arn:aws:backup:eu-west-1:111122223333:backup-vault:dr table=Orders policy=standard needs=none
        No recovery point of Orders under standard is in dr in eu-west-1 of account 111122223333, and one is owed since 2026-11-20 05:00 UTC. 1 copy is missing.
        owed for 3 days (copied within 24 h) since 2026-11-21T05:00:00Z
        See whether copies wait, or are not begun: What a copy can still be made of is not expired by Tablekeeper meanwhile.
          tablekeeper explain Orders
          aws backup list-copy-jobs --region eu-central-1 --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
