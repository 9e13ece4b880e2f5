import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { VAULT_KEY } from '../../support/vault-facts.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  preflighted({
    keys: [
      {
        arn: VAULT_KEY,
        seen: {
          kind: 'found',
          value: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 30 * DAY_MS },
        },
      },
    ],
  });

describeHere(import.meta, 'vault-key-unusable', () => {
  it('reads so', () => {
    expect(textOf('vault-key-unusable', example())).toMatchInlineSnapshot(`
      "
      critical vault-key-unusable/arn:aws:kms:eu-central-1:111122223333:key/vault
        The key arn:aws:kms:eu-central-1:111122223333:key/vault of the backup vault tablekeeper waits for its deletion on 2026-12-23 05:00 UTC. Without it nothing in the vault can be restored or copied, and no job can back up into it.
        PendingDeletion on 2026-12-23 05:00 UTC (Enabled) since 2026-11-23T05:00:00Z
        Take the deletion back before that day, and enable the key: nothing brings a deleted key back, and nobody can restore what it encrypted:
          aws kms cancel-key-deletion --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/vault
          aws kms enable-key --region eu-central-1 --key-id arn:aws:kms:eu-central-1:111122223333:key/vault
      "
    `);
  });
});
