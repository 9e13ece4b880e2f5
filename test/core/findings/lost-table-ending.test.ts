import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint } from '../../support/vaults.ts';
import { LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults({
    tableNames: ['Orders'],
    recoveryPoints: [
      aVaultPoint(),
      ...[2, 3].map((days) =>
        aVaultPoint({
          tableName: 'Carts',
          slot: LATEST_SLOT - days * DAY_MS,
          deletesAt: NOW + (5 - days) * DAY_MS,
        }),
      ),
    ],
  });

describeHere(import.meta, 'lost-table-ending', () => {
  it('reads so', () => {
    expect(textOf('lost-table-ending', example())).toMatchInlineSnapshot(`
      "
      critical lost-table-ending/Carts table=Carts
        AWS Backup deletes by itself what is left of Carts, which is gone: 2 recovery points, the last on 2026-11-26 05:00 UTC, of 2026-11-21 03:01 UTC, tablekeeper in eu-central-1 of account 111122223333. They were given that end when they were made, by deleteAfterDays of the policy or the retention of a copy. After that nothing that Tablekeeper made is left of it.
        2 ending (kept until 2026-11-26 05:00 UTC) since 2026-11-23T05:00:00Z
        Nothing has to be done if this is meant. Otherwise restore the table before that day:
          tablekeeper restore --recovery-point arn:aws:backup:eu-central-1:111122223333:recovery-point:Carts-standard-1795230000000 --target Carts
          tablekeeper explain Carts
        Or let the last of them stay, tablekeeper in eu-central-1 of account 111122223333, with rights in that account. A vault with a lock lets nobody change it. The access policy of a vault that a deployment makes denies it to everybody but prune: save what the first command prints as policy.json, and put it back at the end. Where the first command finds no policy, only what stands between the policies is needed.
          aws backup get-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --query Policy --output text
          aws backup delete-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper
          aws backup update-recovery-point-lifecycle --region eu-central-1 --backup-vault-name tablekeeper --recovery-point-arn arn:aws:backup:eu-central-1:111122223333:recovery-point:Carts-standard-1795230000000 --lifecycle DeleteAfterDays=36500
          aws backup put-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --policy file://policy.json
      "
    `);
  });
});
