import { expect, it } from 'vitest';
import { ownFailure } from '../../../shared/model/failure.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { VAULT_ARN } from '../../support/vaults.ts';

export const example = (): Example =>
  inVaults({
    gaps: [
      { facet: 'vaults', vault: VAULT_ARN, failure: ownFailure('not-there', 'there is no backup vault') },
    ],
  });

describeHere(import.meta, 'vault-missing', () => {
  it('reads so', () => {
    expect(textOf('vault-missing', example())).toMatchInlineSnapshot(`
      "
      critical vault-missing/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper
        There is no backup vault tablekeeper in eu-central-1 of account 111122223333. standard makes its recovery points in it.
        no such vault (a vault) since 2026-11-23T05:00:00Z
        If its name is mistyped in policies.yml, correct it there. Otherwise make it: by a deployment, with a key of its own and the roles of its jobs, or by hand:
          npm run deploy -- --param vault=tablekeeper
          aws backup create-backup-vault --region eu-central-1 --backup-vault-name tablekeeper
      "
    `);
  });
});
