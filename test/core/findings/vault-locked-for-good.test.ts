import { expect, it } from 'vitest';
import { vaultLockedForGoodFinder } from '../../../shared/core/findings/vault-locked-for-good.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { aSeenVault, someVaultFacts } from '../../support/vault-facts.ts';
import { VAULT_ARN, vaultContext } from '../../support/vaults.ts';
import { anObservation, anOpenFinding, NOW } from '../../support/world.ts';

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

it.each([
  { name: 'critical while it can be taken back', days: 3, isOpen: false, is: [`critical ${OPEN.id}`] },
  { name: 'no news where it was final before anybody looked', days: -1, isOpen: false, is: [] },
  { name: 'information once it is final, and not over', days: -1, isOpen: true, is: [`info ${OPEN.id}`] },
])('a lock for good is $name', ({ days, is, isOpen }) => {
  expect(foundIn(days, isOpen)).toEqual(is);
});
