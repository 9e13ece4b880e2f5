import { expect, it } from 'vitest';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { aSeenVault } from '../../support/vault-facts.ts';

export const example = (): Example => preflighted({ vaults: [aSeenVault({ lock: { maxDays: 30 } })] });

describeHere(import.meta, 'vault-lock-refuses', () => {
  it('reads so', () => {
    expect(textOf('vault-lock-refuses', example())).toMatchInlineSnapshot(`
      "
      critical vault-lock-refuses/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper/standard
        Every backup job of standard fails: it sets no end to its recovery points, and the lock of the backup vault tablekeeper allows at most 30 days. Its retention keeps daily for 7 days.
        no end (at most 30 days) since 2026-11-23T05:00:00Z
        Write a deleteAfterDays in policies.yml that the lock allows and that is longer than what the retention keeps, or a shorter retention. A lock in governance mode can be changed by people with the right to it, one in compliance mode by nobody. See what it says:
          aws backup describe-backup-vault --region eu-central-1 --backup-vault-name tablekeeper
      "
    `);
  });
});
