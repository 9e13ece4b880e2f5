import { expect, it } from 'vitest';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { DR } from '../../support/vaults.ts';

export const example = (): Example =>
  preflighted({ optIn: { kind: 'found', value: { optedIn: true, advanced: false } } }, [{ vaultArn: DR }]);

describeHere(import.meta, 'backup-settings-off', () => {
  it('reads so', () => {
    expect(textOf('backup-settings-off', example())).toMatchInlineSnapshot(`
      "
      warning backup-settings-off/eu-central-1/advanced
        The advanced features of AWS Backup for DynamoDB are off in eu-central-1 of account 111122223333. What is made without them can never be copied and never be moved to cold storage, which standard asks for.
        off (on) since 2026-11-23T05:00:00Z
        Switch them on: AWS Backup in the console, Settings, Configure resources. The command changes DynamoDB alone; compare what AWS shows before and after it, because reports differ on what it leaves as it is:
          aws backup describe-region-settings --region eu-central-1
          aws backup update-region-settings --region eu-central-1 --resource-type-management-preference DynamoDB=true
      "
    `);
  });
});
