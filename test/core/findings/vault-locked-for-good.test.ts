import { expect, it } from 'vitest';
import { vaultLockedForGoodFinder } from '../../../shared/core/findings/vault-locked-for-good.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { aSeenVault, someVaultFacts } from '../../support/vault-facts.ts';
import { VAULT_ARN, vaultContext } from '../../support/vaults.ts';
import { anObservation, anOpenFinding, NOW } from '../../support/world.ts';

export const example = (): Example =>
  preflighted({ vaults: [aSeenVault({ lock: { minDays: 3650, finalAt: NOW + 3 * DAY_MS } })] });

const OPEN = anOpenFinding({
  id: `vault-locked-for-good/${VAULT_ARN}`,
  kind: 'vault-locked-for-good',
  severity: 'critical',
});

/** The severities with which a lock is found that is final in so many days. */
const foundIn = (days: number, isOpen: boolean): readonly string[] => {
  const lock = { minDays: 3650, finalAt: NOW + days * DAY_MS };
  const context = vaultContext({
    facets: [...anObservation().facets, 'vaults', 'vault-settings'],
    vaultFacts: someVaultFacts({ vaults: [aSeenVault({ lock })] }),
  });
  const openFindings = isOpen ? [OPEN] : [];
  return vaultLockedForGoodFinder
    .find({ ...context, openFindings })
    .map(({ id, severity }) => `${severity} ${id}`);
};

describeHere(import.meta, 'vault-locked-for-good', () => {
  it('reads so', () => {
    expect(textOf('vault-locked-for-good', example())).toMatchInlineSnapshot(`
      "
      critical vault-locked-for-good/arn:aws:backup:eu-central-1:111122223333:backup-vault:tablekeeper
        The lock of the backup vault tablekeeper in eu-central-1 is in compliance mode, keeps every recovery point for at least 3650 days, and is final from 2026-11-26 05:00 UTC on: after that nobody can take it back, not even AWS. What policies ask to be kept there the longest is kept for 7 days.
        compliance, at least 3650 days (no lock for good) since 2026-11-23T05:00:00Z
        If nobody meant it, take it back before 2026-11-26 05:00 UTC, and see in CloudTrail who did it (PutBackupVaultLockConfiguration). If it is meant, nothing has to be done:
          aws backup delete-backup-vault-lock-configuration --region eu-central-1 --backup-vault-name tablekeeper
      "
    `);
  });

  it.each([
    { name: 'critical while it can be taken back', days: 3, isOpen: false, is: [`critical ${OPEN.id}`] },
    { name: 'no news where it was final before anybody looked', days: -1, isOpen: false, is: [] },
    { name: 'information once it is final, and not over', days: -1, isOpen: true, is: [`info ${OPEN.id}`] },
  ])('a lock for good is $name', ({ days, is, isOpen }) => {
    expect(foundIn(days, isOpen)).toEqual(is);
  });
});
