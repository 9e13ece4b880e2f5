import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint } from '../../support/vaults.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults({ recoveryPoints: [aVaultPoint({ deletesAt: NOW + 20 * HOUR_MS })] });

describeHere(import.meta, 'recovery-points-ending', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-ending', example())).toMatchInlineSnapshot(`
      "
      critical recovery-points-ending/Orders/standard table=Orders policy=standard cause=the rules needs=rules
        AWS Backup deletes 1 of 1 recovery point of Orders under standard earlier than the rules may, the first on 2026-11-24 01:00 UTC: the longest rule keeps for 7 days.
        1 ending (kept for up to 7 days) since 2026-11-23T05:00:00Z
        They were made under other settings, or somebody changed them since: give each of them its time. A vault with a lock lets nobody change that: take a lock in governance mode away before, and put it back. The access policy of a vault that a deployment makes denies it to everybody but prune: save what the first command prints as policy.json, and put it back at the end. Where the first command finds no policy, only what stands between the policies is needed.
          aws backup get-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --query Policy --output text
          aws backup delete-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper
          aws backup update-recovery-point-lifecycle --region eu-central-1 --backup-vault-name tablekeeper --recovery-point-arn arn:aws:backup:eu-central-1:111122223333:recovery-point:Orders-standard-1795402800000 --lifecycle DeleteAfterDays=36500
          aws backup put-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper --policy file://policy.json
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateRecoveryPointLifecycle
      "
    `);
  });
});
